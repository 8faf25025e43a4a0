package io.etlkit.sink.postgres;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** For {@code numeric}: exact, rounded by the database to the scale that the column declares. */
final class NumericConverter implements ValueConverter {
    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_FRACTION_DIGITS = 16_383;

    private final int precision;
    private final int scale;

    private NumericConverter(int precision, int scale) {
        this.precision = precision;
        this.scale = scale;
    }

    /** From the column's modifier: precision in the upper half, scale, which may be negative, in the lower 11 bits. */
    static NumericConverter of(int modifier) {
        if (modifier < 4) {
            return new NumericConverter(0, 0);
        }
        int bits = modifier - 4;
        return new NumericConverter(bits >> 16, ((bits & 0x7ff) ^ 1024) - 1024);
    }

    /** How many digits before the point a column keeps of every number. */
    static int wholeDigits(CatalogColumn column) {
        if (!column.baseType().equals("numeric")) {
            return 0;
        }
        NumericConverter converter = of(column.modifier());
        if (converter.precision == 0) {
            return MAX_INTEGER_DIGITS;
        }
        return converter.scale < 0 ? 0 : converter.precision - converter.scale;
    }

    @Override
    public Object convert(Value value) throws Refused {
        if (!(value instanceof NumberValue number)) {
            throw ValueConverter.wrongType(value, "a number");
        }
        checkRange(number.value());
        BigDecimal rounded = rounded(number.value());
        if (precision > 0 && rounded.signum() != 0 && integerDigits(rounded) > precision - scale) {
            throw new Refused("out_of_range", "the number does not fit numeric(" + precision + "," + scale + ")");
        }
        return number.value().toString();
    }

    private BigDecimal rounded(BigDecimal number) {
        return number.scale() > scale ? number.setScale(scale, RoundingMode.HALF_UP) : number;
    }

    /** The number is never written out: its exponent may be a billion. */
    static void checkRange(BigDecimal number) throws Refused {
        if (integerDigits(number) > MAX_INTEGER_DIGITS || number.scale() > MAX_FRACTION_DIGITS) {
            throw new Refused("out_of_range", "the number has more digits than Postgres can store");
        }
    }

    private static long integerDigits(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }
}
