package io.etlkit.transform.core;

import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a value becomes one of another type; empty when it can not do so exactly. */
final class Casts {
    /** RFC 8259, section 6. Digits are limited so that text out of a record can not cost quadratic time. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,999})(?:\\.\\d{1,999})?(?:[eE][+-]?\\d{1,9})?");

    /** A whole number of more digits than any column holds; expanding one such as 1e999999999 would take all memory. */
    private static final int MAX_DIGITS = 1000;

    private static final int NANO_DIGITS = 9;

    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

    private Casts() {}

    static Optional<Value> number(Value value) {
        if (value instanceof NumberValue) {
            return Optional.of(value);
        }
        if (value instanceof TextValue text && NUMBER.matcher(text.value()).matches()) {
            return Optional.of(Value.of(new BigDecimal(text.value())));
        }
        return Optional.empty();
    }

    static Optional<Value> wholeNumber(Value value) {
        return number(value)
                .map(number -> ((NumberValue) number).value())
                .filter(number -> number.precision() - (long) number.scale() <= MAX_DIGITS)
                .map(BigDecimal::stripTrailingZeros)
                .filter(number -> number.scale() <= 0)
                .map(number -> Value.of(number.setScale(0)));
    }

    static Optional<Value> bool(Value value) {
        if (value instanceof BooleanValue) {
            return Optional.of(value);
        }
        String text = value instanceof TextValue written ? written.value().toLowerCase(Locale.ROOT) : "";
        if (text.equals("true") || isNumber(value, BigDecimal.ONE)) {
            return Optional.of(BooleanValue.TRUE);
        }
        return text.equals("false") || isNumber(value, BigDecimal.ZERO)
                ? Optional.of(BooleanValue.FALSE)
                : Optional.empty();
    }

    static Optional<Value> timestamp(Value value) {
        try {
            if (value instanceof TimestampValue) {
                return Optional.of(value);
            }
            if (value instanceof TextValue text) {
                return Optional.of(Value.of(OffsetDateTime.parse(text.value()).toInstant()));
            }
            return value instanceof NumberValue number
                    ? sinceEpoch(number.value()).map(Value::of)
                    : Optional.empty();
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static Optional<Value> date(Value value) {
        if (value instanceof TextValue text && isDate(text.value())) {
            return Optional.of(value);
        }
        return timestamp(value)
                .map(timestamp -> ((TimestampValue) timestamp)
                        .value()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate())
                .map(day -> Value.of(day.toString()));
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isNumber(Value value, BigDecimal expected) {
        return value instanceof NumberValue number && number.value().compareTo(expected) == 0;
    }

    /** Nanoseconds are the most that a timestamp holds, so a finer one is not turned into it exactly. */
    private static Optional<Instant> sinceEpoch(BigDecimal number) {
        BigDecimal seconds = number.stripTrailingZeros();
        if (seconds.scale() > NANO_DIGITS || seconds.abs().compareTo(LAST_SECOND) > 0) {
            return Optional.empty();
        }
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
        BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
        return Optional.of(Instant.ofEpochSecond(
                whole, fraction.movePointRight(NANO_DIGITS).longValueExact()));
    }
}
