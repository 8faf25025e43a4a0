package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.Map;

/**
 * Finds text that Postgres does not take: NUL fails the whole statement, and a lone surrogate would be stored as a question
 * mark without a word.
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
                        "nul_character", "the text holds the character NUL, which Postgres can not store");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new RefusedValueException(
                            "lone_surrogate", "the text holds half a surrogate pair, which is no character");
                }
                surrogates++;
                i++;
            }
        }
        return text.length() - surrogates;
    }

    /** Every text and number inside a value that goes into a json column. */
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
