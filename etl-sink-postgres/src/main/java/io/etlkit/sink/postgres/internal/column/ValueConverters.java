package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.BytesValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Converters for text, numbers other than numeric, booleans, bytes, JSON, UUIDs and all other types. */
final class ValueConverters {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** A longer whole number is out of every column's range; it is refused before its digits are computed. */
    private static final int MAX_WHOLE_DIGITS = 20;

    private ValueConverters() {}

    /** For text types with a maximum length; a timestamp is written in ISO 8601. */
    static ValueConverter text(int maxLength) {
        return value -> {
            if (!(value instanceof TextValue text)) {
                if (value instanceof TimestampValue timestamp) {
                    return limited(timestamp.value().toString(), maxLength);
                }
                throw RefusedValueException.wrongType(value, "text");
            }
            return limited(text.value(), maxLength);
        };
    }

    private static String limited(String text, int maxLength) throws RefusedValueException {
        if (TextChecks.storable(text) > maxLength) {
            throw new RefusedValueException(
                    "too_long", "the text is longer than the " + maxLength + " characters that the column holds");
        }
        return text;
    }

    /** For {@code smallint} and {@code integer}. */
    static ValueConverter integer(int least, int most) {
        return value -> whole(value, BigInteger.valueOf(least), BigInteger.valueOf(most))
                .intValueExact();
    }

    /** For {@code bigint}. */
    static ValueConverter bigint() {
        BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        return value -> whole(value, least, most).longValueExact();
    }

    private static BigInteger whole(Value value, BigInteger least, BigInteger most) throws RefusedValueException {
        if (!(value instanceof NumberValue number)) {
            throw RefusedValueException.wrongType(value, "a whole number");
        }
        BigDecimal decimal = number.value();
        if (decimal.signum() == 0) {
            return BigInteger.ZERO;
        }
        if ((long) decimal.precision() - decimal.scale() > MAX_WHOLE_DIGITS) {
            throw new RefusedValueException("out_of_range", "the number is not between " + least + " and " + most);
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        if (stripped.scale() > 0) {
            throw new RefusedValueException("not_an_integer", "the number is not whole");
        }
        BigInteger integer = stripped.toBigIntegerExact();
        if (integer.compareTo(least) < 0 || integer.compareTo(most) > 0) {
            throw new RefusedValueException("out_of_range", "the number is not between " + least + " and " + most);
        }
        return integer;
    }

    /** For {@code double precision}; takes the nearest value. */
    static ValueConverter doublePrecision() {
        return value -> {
            double number = number(value).doubleValue();
            if (Double.isInfinite(number)) {
                throw new RefusedValueException("out_of_range", "the number is too large for double precision");
            }
            return number;
        };
    }

    /** For {@code real}; takes the nearest value. */
    static ValueConverter real() {
        return value -> {
            float number = number(value).floatValue();
            if (Float.isInfinite(number)) {
                throw new RefusedValueException("out_of_range", "the number is too large for real");
            }
            return number;
        };
    }

    private static BigDecimal number(Value value) throws RefusedValueException {
        if (value instanceof NumberValue number) {
            return number.value();
        }
        throw RefusedValueException.wrongType(value, "a number");
    }

    /** For {@code boolean}. */
    static Object bool(Value value) throws RefusedValueException {
        if (value instanceof BooleanValue bool) {
            return bool.value();
        }
        throw RefusedValueException.wrongType(value, "a boolean");
    }

    /** For {@code bytea}. */
    static Object bytes(Value value) throws RefusedValueException {
        if (value instanceof BytesValue bytes) {
            return bytes.value();
        }
        throw RefusedValueException.wrongType(value, "bytes");
    }

    /** For {@code json} and {@code jsonb}: any value, numbers exact. */
    static Object json(Value value) throws RefusedValueException {
        TextChecks.storableInside(value);
        return JsonWriter.write(value);
    }

    /** For {@code uuid}. */
    static Object uuid(Value value) throws RefusedValueException {
        if (!(value instanceof TextValue text)) {
            throw RefusedValueException.wrongType(value, "a UUID");
        }
        if (!UUID_TEXT.matcher(text.value()).matches()) {
            throw new RefusedValueException("not_a_uuid", "the text is not a UUID");
        }
        return text.value();
    }

    /** For every other type: Postgres parses the text. */
    static Object other(Value value) throws RefusedValueException {
        if (value instanceof TextValue text) {
            TextChecks.storable(text.value());
            return text.value();
        }
        if (value instanceof NumberValue number) {
            NumericConverter.checkRange(number.value());
            return number.value().toString();
        }
        if (value instanceof BooleanValue bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof TimestampValue timestamp) {
            return timestamp.value().toString();
        }
        throw RefusedValueException.wrongType(value, "text, a number or a boolean");
    }
}
