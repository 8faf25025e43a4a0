package io.etlkit.api.value;

import java.time.Instant;

/**
 * A point in time.
 *
 * @param value the instant
 */
public record TimestampValue(Instant value) implements Value {
    @Override
    public Kind kind() {
        return Kind.TIMESTAMP;
    }

    @Override
    public String toString() {
        return "timestamp";
    }
}
