package io.etlkit.api.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/**
 * The smallest and the largest number or duration that an option allows. Immutable.
 *
 * @param min the smallest, as {@link Option#min} spells it; empty: there is none
 * @param max the largest; empty: there is none
 */
public record OptionLimits(String min, String max) {
    /** Takes both limits. */
    public OptionLimits {
        Objects.requireNonNull(min, "min");
        Objects.requireNonNull(max, "max");
    }

    /** What an option declares. */
    public static OptionLimits of(Option option) {
        return new OptionLimits(option.min(), option.max());
    }

    /** Whether there is no limit. */
    public boolean isEmpty() {
        return min.isEmpty() && max.isEmpty();
    }

    /**
     * Whether a value is within the limits, which are included.
     *
     * @param value a number or a {@link Duration}
     * @throws IllegalArgumentException when a limit cannot be read as one of the value's type
     */
    public boolean allow(Object value) {
        return value instanceof Duration duration
                ? (min.isEmpty() || duration.compareTo(DurationText.parse(min)) >= 0)
                        && (max.isEmpty() || duration.compareTo(DurationText.parse(max)) <= 0)
                : allow(new BigDecimal(value.toString()));
    }

    private boolean allow(BigDecimal number) {
        return (min.isEmpty() || number.compareTo(new BigDecimal(min)) >= 0)
                && (max.isEmpty() || number.compareTo(new BigDecimal(max)) <= 0);
    }

    /** In words: {@code at least 1}, {@code at most 20s}, {@code between 1 and 256}; empty without limits. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "";
        } else if (min.isEmpty()) {
            return "at most " + max;
        }
        return max.isEmpty() ? "at least " + min : "between " + min + " and " + max;
    }
}
