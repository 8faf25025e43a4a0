package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.OriginalJson;
import java.util.Base64;
import java.util.Optional;

/**
 * A dead letter as an object: {@code pipeline, id, since, stage, step, reason, field, message, attempts, failedAt,
 * original, version}. What the letter does not have is left out. {@code original} is {@code {sealed}}, in base64url without
 * padding (RFC 4648, section 5), or {@code {body, headers}}; {@code version} is this line's own.
 */
final class DeadLetterJson {
    private DeadLetterJson() {}

    static ObjectValue of(DeadLetter letter, String version) {
        ObjectValue.Builder json = ObjectValue.builder()
                .put("pipeline", Value.of(letter.pipeline()))
                .put("id", Value.of(letter.key().id()))
                .put("since", Value.of(letter.key().since()))
                .put("stage", Value.of(letter.stage().label()));
        letter.step().ifPresent(step -> json.put("step", Value.of(step)));
        json.put("reason", Value.of(letter.rejection().reason()));
        letter.rejection().field().ifPresent(field -> json.put("field", Value.of(field.toString())));
        json.put("message", Value.of(letter.rejection().message()))
                .put("attempts", Value.of(letter.attempts()))
                .put("failedAt", Value.of(letter.failedAt()));
        original(letter.original()).ifPresent(original -> json.put("original", original));
        return json.put("version", Value.of(version)).build();
    }

    /** What removes the letter of a line, as long as it is the last of its key. */
    static ObjectValue removal(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return ObjectValue.builder()
                .put("pipeline", Value.of(letter.pipeline()))
                .put("id", Value.of(letter.key().id()))
                .put("since", Value.of(letter.key().since()))
                .put("removed", Value.of(stored.version()))
                .build();
    }

    private static Optional<ObjectValue> original(Original original) {
        if (original instanceof Sealed sealed) {
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.bytes());
            return Optional.of(
                    ObjectValue.builder().put("sealed", Value.of(text)).build());
        }
        if (original instanceof Clear clear) {
            return Optional.of(OriginalJson.of(clear));
        }
        return Optional.empty();
    }
}
