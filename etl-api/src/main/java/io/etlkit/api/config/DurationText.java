package io.etlkit.api.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a pipeline file and the command line write them: {@code 50ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 15d}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final List<String> LARGEST_FIRST = List.of("d", "h", "m", "s");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it is none; the message does not quote it
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d");
        }
        return Duration.ofNanos(new BigDecimal(matcher.group(1))
                .multiply(nanos(matcher.group(2)))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue());
    }

    /** Writes a duration, in the largest unit of which it is a whole number. */
    public static String format(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.getSeconds(), -9).add(BigDecimal.valueOf(duration.getNano()));
        return LARGEST_FIRST.stream()
                .filter(unit ->
                        nanos.signum() != 0 && nanos.remainder(nanos(unit)).signum() == 0)
                .findFirst()
                .map(unit -> nanos.divide(nanos(unit)).toPlainString() + unit)
                .orElseGet(() -> nanos.signum() == 0
                        ? "0s"
                        : nanos.divide(nanos("ms")).stripTrailingZeros().toPlainString() + "ms");
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(UNITS.getOrDefault(unit, Duration.ZERO).toNanos());
    }
}
