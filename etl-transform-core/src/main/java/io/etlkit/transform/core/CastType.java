package io.etlkit.transform.core;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.util.Optional;

/** The types that {@code cast} turns values into. A value that has the type already stays as it is. */
public enum CastType {
    /** Text: a number, boolean or timestamp as it is written in JSON. */
    STRING("text, a number, a boolean or a timestamp") {
        @Override
        Optional<Value> cast(Value value) {
            if (value instanceof TextValue) {
                return Optional.of(value);
            }
            if (value instanceof TimestampValue timestamp) {
                return Optional.of(Value.of(timestamp.value().toString()));
            }
            boolean scalar = value instanceof NumberValue || value instanceof BooleanValue;
            return scalar ? Optional.of(Value.of(JsonWriter.write(value))) : Optional.empty();
        }
    },

    /** A whole number of any size: a number without a fraction, or text that is one. */
    INTEGER("a whole number") {
        @Override
        Optional<Value> cast(Value value) {
            return Casts.wholeNumber(value);
        }
    },

    /** A number: text that JSON would read as one. */
    NUMBER("a number") {
        @Override
        Optional<Value> cast(Value value) {
            return Casts.number(value);
        }
    },

    /** True or false: the texts {@code true} and {@code false}, the numbers 1 and 0. */
    BOOLEAN("true or false") {
        @Override
        Optional<Value> cast(Value value) {
            return Casts.bool(value);
        }
    },

    /** A point in time: text in ISO 8601 with an offset ({@code 2024-05-01T10:00:00Z}), or seconds since 1970. */
    TIMESTAMP("a timestamp with an offset, as 2024-05-01T10:00:00Z, or seconds since 1970") {
        @Override
        Optional<Value> cast(Value value) {
            return Casts.timestamp(value);
        }
    },

    /** A calendar day as text, {@code YYYY-MM-DD}: such text, or the day in UTC of what can become a timestamp. */
    DATE("a date as 2024-05-01, or a timestamp") {
        @Override
        Optional<Value> cast(Value value) {
            return Casts.date(value);
        }
    },

    /** What a JSON text says; a value that is no text is one already. */
    JSON("JSON text") {
        @Override
        Optional<Value> cast(Value value) {
            if (!(value instanceof TextValue text)) {
                return Optional.of(value);
            }
            try {
                return Optional.of(JsonReader.read(text.value()));
            } catch (RejectedException malformed) {
                return Optional.empty();
            }
        }
    },

    /** The value as JSON text; text is quoted. */
    JSON_TEXT("a value") {
        @Override
        Optional<Value> cast(Value value) {
            return Optional.of(Value.of(JsonWriter.write(value)));
        }
    };

    private final String described;

    CastType(String described) {
        this.described = described;
    }

    /** What a value has to be, as a message says it. */
    String described() {
        return described;
    }

    /** The value in this type; empty when it can not be turned into it. */
    abstract Optional<Value> cast(Value value);
}
