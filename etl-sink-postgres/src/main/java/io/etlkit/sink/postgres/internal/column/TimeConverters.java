package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

/** For dates and timestamps, from timestamps and ISO 8601 texts. Years 1 to 9999, UTC. */
final class TimeConverters {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String NOT_A_DATE = "the text is not a date of the form YYYY-MM-DD";
    private static final String NOT_A_TIMESTAMP = "the text is not an ISO 8601 timestamp";

    private TimeConverters() {}

    /** For {@code date}: days since 1970, because 4 bytes are faster to send and read than text. */
    static final class DateConverter implements ValueConverter {
        /** A cache, because most records of a batch have the same date. A calendar date identifies no record. */
        private String lastText = "1970-01-01";

        private Integer lastDay = 0;

        @Override
        public Object convert(Value value) throws RefusedValueException {
            if (value instanceof TextValue text) {
                return day(text.value());
            }
            if (value instanceof TimestampValue timestamp) {
                return (int) LocalDate.ofInstant(inRange(timestamp.value()), ZoneOffset.UTC)
                        .toEpochDay();
            }
            throw RefusedValueException.wrongType(value, "a date");
        }

        private Integer day(String text) throws RefusedValueException {
            if (text.equals(lastText)) {
                return lastDay;
            }
            if (text.length() != 10) {
                throw new RefusedValueException("not_a_date", NOT_A_DATE);
            }
            try {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() < 1) {
                    throw outOfRange();
                }
                lastDay = (int) date.toEpochDay();
                lastText = text;
                return lastDay;
            } catch (DateTimeException malformed) {
                throw new RefusedValueException("not_a_date", NOT_A_DATE);
            }
        }
    }

    /** For {@code timestamptz} and, in UTC, {@code timestamp}; sent as text, to the microsecond. */
    static ValueConverter timestamp() {
        return value -> {
            if (value instanceof TimestampValue timestamp) {
                return text(inRange(timestamp.value()));
            }
            if (value instanceof TextValue text) {
                return text(inRange(instant(text.value())));
            }
            throw RefusedValueException.wrongType(value, "a timestamp");
        };
    }

    /** Text without an offset is taken as UTC. */
    private static Instant instant(String text) throws RefusedValueException {
        try {
            TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new RefusedValueException("not_a_timestamp", NOT_A_TIMESTAMP);
        }
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private static Instant inRange(Instant instant) throws RefusedValueException {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw outOfRange();
        }
        return instant;
    }

    private static RefusedValueException outOfRange() {
        return new RefusedValueException("out_of_range", "the year is not between 1 and 9999");
    }
}
