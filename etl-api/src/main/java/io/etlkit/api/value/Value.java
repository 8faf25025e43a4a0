package io.etlkit.api.value;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One datum of a record: a JSON kind ({@link NullValue}, {@link BooleanValue}, {@link NumberValue}, {@link TextValue},
 * {@link ListValue}, {@link ObjectValue}), a {@link TimestampValue} or {@link BytesValue}.
 *
 * <p>Immutable, so safe for any thread. {@code toString} tells kind and size, never content: a record that ends up in a
 * log line must not leak what it carries.
 */
public sealed interface Value
        permits BooleanValue, BytesValue, ListValue, NullValue, NumberValue, ObjectValue, TextValue, TimestampValue {

    /** What kind of value this is. */
    Kind kind();

    /** Whether this is JSON's null. */
    default boolean isNull() {
        return kind() == Kind.NULL;
    }

    /** JSON's null. */
    static Value ofNull() {
        return NullValue.INSTANCE;
    }

    /** A boolean. */
    static Value of(boolean value) {
        return value ? BooleanValue.TRUE : BooleanValue.FALSE;
    }

    /** A whole number. */
    static Value of(long value) {
        return new NumberValue(BigDecimal.valueOf(value));
    }

    /** An exact decimal number. */
    static Value of(BigDecimal value) {
        return new NumberValue(value);
    }

    /** Text. */
    static Value of(String value) {
        return new TextValue(value);
    }

    /** A point in time. */
    static Value of(Instant value) {
        return new TimestampValue(value);
    }

    /** Bytes; the array is copied. */
    static Value of(byte[] value) {
        return new BytesValue(value);
    }

    /** A list; it is copied. */
    static Value of(List<? extends Value> values) {
        return new ListValue(List.copyOf(values));
    }

    /** An object; its fields keep the map's order. */
    static ObjectValue of(Map<String, ? extends Value> fields) {
        return ObjectValue.of(fields);
    }

    /** The kinds of value. */
    enum Kind {
        NULL,
        BOOLEAN,
        NUMBER,
        TEXT,
        TIMESTAMP,
        BYTES,
        LIST,
        OBJECT;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The kind's name as messages write it: {@code number}, {@code text}, ... */
        public String label() {
            return label;
        }
    }
}
