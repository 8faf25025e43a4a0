package io.etlkit.expression.cel;

import io.etlkit.api.config.ExpressionException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** {@code date(timestamp[, zone])}: the calendar day of an instant as {@code YYYY-MM-DD}, in UTC or the zone given. */
final class DateFunction {
    static final String NAME = "date";
    static final String OF_TIMESTAMP = "date_timestamp";
    static final String OF_TIMESTAMP_IN_ZONE = "date_timestamp_string";

    private static final int SECONDS_PER_DAY = 86_400;

    /** Records that come together are mostly of one day, so the last one's text is kept. */
    private static volatile Day lastDay = Day.of(0);

    private DateFunction() {}

    static String inUtc(Instant instant) {
        long epochDay = Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
        Day day = lastDay;
        if (day.epochDay != epochDay) {
            day = Day.of(epochDay);
            lastDay = day;
        }
        return day.text;
    }

    static String in(Instant instant, ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                ? inUtc(instant)
                : instant.atZone(zone).toLocalDate().toString();
    }

    /** The zone of this name; empty when there is none. */
    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name).normalized());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** A zone in an expression's own text that does not exist. */
    static ExpressionException unknownZone(String name, String text, int offset) {
        TextPosition position = TextPosition.of(text, offset);
        return new ExpressionException(
                "unknown time zone \"" + name + "\"; write one as \"Europe/Berlin\", \"UTC\" or \"+02:00\"",
                position.line(),
                position.column());
    }

    private record Day(long epochDay, String text) {
        static Day of(long epochDay) {
            return new Day(epochDay, LocalDate.ofEpochDay(epochDay).toString());
        }
    }
}
