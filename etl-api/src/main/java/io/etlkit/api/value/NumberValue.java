package io.etlkit.api.value;

import java.math.BigDecimal;

/**
 * An exact decimal number, as JSON writes it; no precision is lost. Two numbers are equal when they are numerically equal:
 * {@code 1}, {@code 1.0} and {@code 1e0} are.
 *
 * @param value the number; its scale is kept, and may be huge ({@code 1e999999999}): do not expand it unchecked
 */
public record NumberValue(BigDecimal value) implements Value {
    @Override
    public Kind kind() {
        return Kind.NUMBER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberValue number && value.compareTo(number.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return "number";
    }
}
