package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** For {@code numeric}: exact; the database rounds to the column's scale. */
final class NumericConverter implements ValueConverter {
    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_FRACTION_DIGITS = 16_383;

    private final int precision;
    private final int scale;

    /** For a column of this precision and scale; precision 0 means that the column declares none. */
    NumericConverter(int precision, int scale) {
        this.precision = precision;
        this.scale = scale;
    }

    @Override
    public Object convert(Value value) throws RefusedValueException {
        if (!(value instanceof NumberValue number)) {
            throw RefusedValueException.wrongType(value, "a number");
        }
        checkRange(number.value());
        BigDecimal rounded = rounded(number.value());
        if (precision > 0 && rounded.signum() != 0 && integerDigits(rounded) > precision - scale) {
            throw new RefusedValueException(
                    "out_of_range", "the number does not fit numeric(" + precision + "," + scale + ")");
        }
        return number.value().toString();
    }

    private BigDecimal rounded(BigDecimal number) {
        return number.scale() > scale ? number.setScale(scale, RoundingMode.HALF_UP) : number;
    }

    /** Never computes the digits: the exponent may be a billion. */
    static void checkRange(BigDecimal number) throws RefusedValueException {
        if (integerDigits(number) > MAX_INTEGER_DIGITS || number.scale() > MAX_FRACTION_DIGITS) {
            throw new RefusedValueException("out_of_range", "the number has more digits than Postgres can store");
        }
    }

    private static long integerDigits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }
}
