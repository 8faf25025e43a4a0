package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.Map;

/**
 * Finds text that Postgres cannot store: NUL fails the whole statement, and a lone surrogate would silently be stored as a
 * question mark.
 */
public final class TextChecks {
    private TextChecks() {}

    /** The text's length in code points, which is how Postgres counts. */
    public static int storable(String text) throws RefusedValueException {
        int surrogates = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new RefusedValueException(
                        "nul_character", "the text contains the character NUL, which Postgres cannot store");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new RefusedValueException(
                            "lone_surrogate", "the text contains half a surrogate pair, which is not a character");
                }
                surrogates++;
                i++;
            }
        }
        return text.length() - surrogates;
    }

    /** Checks every text and number inside a value for a JSON column. */
    static void storableInside(Value value) throws RefusedValueException {
        if (value instanceof TextValue text) {
            storable(text.value());
        } else if (value instanceof NumberValue number) {
            NumericConverter.checkRange(number.value());
        } else if (value instanceof ListValue list) {
            for (Value element : list.values()) {
                storableInside(element);
            }
        } else if (value instanceof ObjectValue object) {
            for (Map.Entry<String, Value> field : object.fields().entrySet()) {
                storable(field.getKey());
                storableInside(field.getValue());
            }
        }
    }
}
