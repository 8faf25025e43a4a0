package io.etlkit.engine.config;

import java.math.BigDecimal;
import java.time.Duration;
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
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        return Duration.ofNanos(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit.toNanos()))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue());
    }
}
