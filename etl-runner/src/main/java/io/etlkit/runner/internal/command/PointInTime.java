package io.etlkit.runner.internal.command;

import io.etlkit.api.config.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads a point in time on the command line: {@code 2h} ago, {@code 2026-01-02} (UTC), or {@code 2026-01-02T03:04:05Z}. */
final class PointInTime {
    private PointInTime() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Instant parse(String text, Clock clock) {
        try {
            if (text.matches("[0-9.]+[a-z]+")) {
                return clock.instant().minus(DurationText.parse(text));
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException | IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    "must be how long ago, as 2h or 7d, or a time, as 2026-01-02 or 2026-01-02T03:04:05Z, and is \""
                            + text + "\"",
                    invalid);
        }
    }
}
