package io.etlkit.sink.postgres.internal.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a batch is retried when a row refers to a row that does not exist: another writer may be a little late. After
 * three tries such rows are rejected, and so are later ones, until a minute has passed without any. Used by one thread.
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

    /** Counts a failure, and returns whether there were too many. */
    boolean failedTooOften() {
        Instant now = clock.instant();
        if (last.isBefore(now.minus(MEMORY))) {
            failures = 0;
        }
        last = now;
        failures++;
        return failures > TRIES;
    }
}
