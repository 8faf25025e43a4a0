package io.etlkit.transform.mask.internal.type;

import java.math.BigDecimal;
import java.util.Optional;

/** The canonical form of a number: exact decimal digits without an exponent and without zeros at the fraction's end. */
final class NumberForm {
    static final int MAX_LENGTH = 64;

    private NumberForm() {}

    /** The form; empty when it has more than {@value #MAX_LENGTH} characters, which is found before it is written out. */
    static Optional<String> of(BigDecimal number) {
        if (number.signum() == 0) {
            return Optional.of("0");
        }
        if (number.scale() < -MAX_LENGTH) {
            return Optional.empty();
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return length(stripped) <= MAX_LENGTH ? Optional.of(stripped.toPlainString()) : Optional.empty();
    }

    private static long length(BigDecimal number) {
        long digits = number.precision();
        long scale = number.scale();
        long sign = number.signum() < 0 ? 1 : 0;
        if (scale <= 0) {
            return sign + digits - scale;
        }
        long leadingZero = digits > scale ? 0 : scale - digits + 1;
        return sign + digits + 1 + leadingZero;
    }
}
