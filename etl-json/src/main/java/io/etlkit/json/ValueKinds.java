package io.etlkit.json;

import io.etlkit.api.value.BytesValue;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What {@link JsonWriter} makes text of, for writing beside it: {@code {"sentAt": "timestamp"}}. With it a value that was
 * written and read is the one it was. Elements of lists are named by their index. Stateless, safe for any thread.
 */
public final class ValueKinds {
    private static final String TIMESTAMP = Value.Kind.TIMESTAMP.label();
    private static final String BYTES = Value.Kind.BYTES.label();

    private ValueKinds() {}

    /** The kinds that JSON loses; empty when it loses none. */
    public static Optional<Value> of(Value value) {
        if (value instanceof TimestampValue || value instanceof BytesValue) {
            return Optional.of(new TextValue(value.kind().label()));
        }
        ObjectValue.Builder lost = ObjectValue.builder();
        if (value instanceof ObjectValue object) {
            object.forEach((name, field) -> of(field).ifPresent(kind -> lost.put(name, kind)));
        } else if (value instanceof ListValue list) {
            for (int i = 0; i < list.values().size(); i++) {
                String index = Integer.toString(i);
                of(list.values().get(i)).ifPresent(kind -> lost.put(index, kind));
            }
        }
        ObjectValue kinds = lost.build();
        return kinds.size() == 0 ? Optional.empty() : Optional.of(kinds);
    }

    /** The value as it was before it was written and read; where the kinds do not fit it, it stays as it is. */
    public static Value restore(Value read, Value kinds) {
        if (read instanceof TextValue text && kinds instanceof TextValue kind) {
            return restore(text, kind.value());
        }
        if (!(kinds instanceof ObjectValue inside)) {
            return read;
        }
        if (read instanceof ObjectValue object) {
            ObjectValue.Builder restored = object.toBuilder();
            inside.forEach((name, kind) ->
                    object.get(name).ifPresent(field -> restored.put(name, restore(field, kind))));
            return restored.build();
        }
        return read instanceof ListValue list ? restore(list, inside) : read;
    }

    private static Value restore(ListValue list, ObjectValue kinds) {
        List<Value> restored = new ArrayList<>();
        for (int i = 0; i < list.values().size(); i++) {
            Value kind = kinds.get(Integer.toString(i)).orElse(Value.ofNull());
            restored.add(restore(list.values().get(i), kind));
        }
        return Value.of(restored);
    }

    private static Value restore(TextValue text, String kind) {
        try {
            if (kind.equals(TIMESTAMP)) {
                return Value.of(Instant.parse(text.value()));
            }
            return kind.equals(BYTES) ? Value.of(Base64.getDecoder().decode(text.value())) : text;
        } catch (DateTimeException | IllegalArgumentException otherwise) {
            return text;
        }
    }
}
