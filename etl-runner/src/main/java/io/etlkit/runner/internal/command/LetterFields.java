package io.etlkit.runner.internal.command;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.Rejection;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is to show of a letter, in order; its original is not in it, and so no value of the record is. */
final class LetterFields {
    private LetterFields() {}

    static ObjectValue json(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        ObjectValue.Builder json = ObjectValue.builder()
                .put("pipeline", Value.of(letter.pipeline()))
                .put("id", Value.of(letter.key().id()))
                .put("since", Value.of(letter.key().since()))
                .put("failedAt", Value.of(letter.failedAt()))
                .put("firstFailedAt", Value.of(stored.firstFailedAt()))
                .put("attempts", Value.of(letter.attempts()))
                .put("stage", Value.of(letter.stage().label()));
        letter.step().ifPresent(step -> json.put("step", Value.of(step)));
        Rejection why = letter.rejection();
        json.put("reason", Value.of(why.reason()));
        why.field().ifPresent(field -> json.put("field", Value.of(field.toString())));
        return json.put("message", Value.of(why.message()))
                .put("original", Value.of(letter.original().form()))
                .build();
    }

    static Map<String, String> text(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", letter.key().id());
        fields.put("sent at", letter.key().since().toString());
        fields.put("first failed at", stored.firstFailedAt().toString());
        fields.put("failed at", letter.failedAt().toString());
        fields.put("attempts", Integer.toString(letter.attempts()));
        fields.put("stage", letter.stage().label());
        letter.step().ifPresent(step -> fields.put("step", step));
        fields.put("reason", letter.rejection().reason());
        letter.rejection().field().ifPresent(field -> fields.put("field", field.toString()));
        fields.put("message", letter.rejection().message());
        fields.put("original", letter.original().form());
        return fields;
    }
}
