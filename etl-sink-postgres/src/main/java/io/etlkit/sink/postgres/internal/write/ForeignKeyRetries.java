package io.etlkit.sink.postgres.internal.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long rows are waited for that others refer to: they may be written by somebody who is a little late. After some
 * tries the rows that refer to nothing are rejected, and so are their like until a while has passed without one. Used by
 * one thread.
 */
final class ForeignKeyRetries {
    private static final int TRIES = 3;
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Clock clock;
    private int failures;
    private Instant last = Instant.MIN;

    ForeignKeyRetries(Clock clock) {
        this.clock = clock;
    }

    /** Counts a failure; whether it was one too many. */
    boolean isOver() {
        Instant now = clock.instant();
        if (last.isBefore(now.minus(MEMORY))) {
            failures = 0;
        }
        last = now;
        failures++;
        return failures > TRIES;
    }
}
