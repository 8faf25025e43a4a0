package io.etlkit.json;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * The original of a dead letter as an object of JSON: {@code {"body": .., "headers": ..}}, and {@code "kinds"} where there are
 * values that JSON has no kind for; see {@link ValueKinds}. Stateless, safe for any thread.
 */
public final class OriginalJson {
    private static final String BODY = "body";
    private static final String HEADERS = "headers";
    private static final String KINDS = "kinds";

    private OriginalJson() {}

    /** The object to write. */
    public static ObjectValue of(DeadLetter.Clear original) {
        ObjectValue plain = ObjectValue.builder()
                .put(BODY, original.body())
                .put(HEADERS, Value.of(original.headers()))
                .build();
        return ValueKinds.of(plain).map(kinds -> plain.with(KINDS, kinds)).orElse(plain);
    }

    /** What {@link #of} was made from, after the object was written as JSON and read; empty when this is no such object. */
    public static Optional<DeadLetter.Clear> read(Value json) {
        if (!(json instanceof ObjectValue object)) {
            return Optional.empty();
        }
        Value restored =
                ValueKinds.restore(object.without(KINDS), object.get(KINDS).orElse(Value.ofNull()));
        if (!(restored instanceof ObjectValue plain)
                || !(plain.get(HEADERS).orElse(Value.ofNull()) instanceof ObjectValue headers)) {
            return Optional.empty();
        }
        Map<String, Value> fields = headers.fields();
        return plain.get(BODY).map(body -> new DeadLetter.Clear(body, fields));
    }
}
