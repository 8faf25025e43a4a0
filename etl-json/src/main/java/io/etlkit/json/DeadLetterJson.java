package io.etlkit.json;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A dead letter as an object of JSON: {@code pipeline, id, since, stage, step, reason, field, message, attempts, failedAt,
 * original}. What the letter does not have is left out. {@code original} is {@code {"sealed": ..}}, in base64url without
 * padding (RFC 4648, section 5), or as {@link OriginalJson} has it. Stateless, safe for any thread.
 */
public final class DeadLetterJson {
    private static final String UNREADABLE = "unreadable";

    private DeadLetterJson() {}

    /** The object to write. */
    public static ObjectValue of(DeadLetter letter) {
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
        return json.build();
    }

    private static Optional<ObjectValue> original(Original original) {
        if (original instanceof Sealed sealed) {
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.bytes());
            return Optional.of(
                    ObjectValue.builder().put("sealed", Value.of(text)).build());
        }
        return original instanceof Clear clear ? Optional.of(OriginalJson.of(clear)) : Optional.empty();
    }

    /**
     * What {@link #of} was made from, after the object was written as JSON and read; fields beside its own are passed over. A
     * letter that somebody changed by hand is still a letter: what can not be read in it is put down as well as it can be.
     *
     * @return empty when the object does not name a pipeline and a message's key
     */
    public static Optional<DeadLetter> read(Value json) {
        if (!(json instanceof ObjectValue object)) {
            return Optional.empty();
        }
        Optional<String> pipeline = text(object, "pipeline");
        Optional<String> id = text(object, "id").filter(text -> !text.isEmpty());
        Optional<Instant> since = time(object, "since");
        if (pipeline.isEmpty() || id.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeadLetter(
                pipeline.get(),
                new RecordKey(id.get(), since.get()),
                text(object, "stage").flatMap(Stage::ofLabel).orElse(Stage.SINK),
                text(object, "step"),
                rejection(object),
                object.get("attempts").orElse(Value.ofNull()) instanceof NumberValue number
                        ? number.value().intValue()
                        : 1,
                time(object, "failedAt").orElse(Instant.EPOCH),
                original(object.get("original").orElse(Value.ofNull()))));
    }

    private static Rejection rejection(ObjectValue json) {
        String message = text(json, "message").orElse("");
        try {
            return new Rejection(
                    text(json, "reason").orElse(UNREADABLE), text(json, "field").map(FieldPath::parse), message);
        } catch (IllegalArgumentException odd) {
            return Rejection.of(UNREADABLE, message);
        }
    }

    private static Original original(Value json) {
        Optional<String> sealed = json instanceof ObjectValue object ? text(object, "sealed") : Optional.empty();
        try {
            return sealed.<Original>map(
                            text -> new Sealed(Base64.getUrlDecoder().decode(text)))
                    .or(() -> OriginalJson.read(json))
                    .orElseGet(Omitted::new);
        } catch (IllegalArgumentException odd) {
            return new Omitted();
        }
    }

    private static Optional<String> text(ObjectValue json, String name) {
        return json.get(name).orElse(Value.ofNull()) instanceof TextValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static Optional<Instant> time(ObjectValue json, String name) {
        try {
            return text(json, name).map(Instant::parse);
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }
}
