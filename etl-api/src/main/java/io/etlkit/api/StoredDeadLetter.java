package io.etlkit.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A dead letter as a {@link DeadLetterStore} read it. Immutable.
 *
 * @param letter the letter
 * @param firstFailedAt when its message was rejected for the first time; {@code letter.failedAt()} is the last time
 * @param version which writing of this letter was read, in the store's own words: it changes whenever the letter is written
 *     again, and {@link DeadLetterStore#remove} goes by it
 */
public record StoredDeadLetter(DeadLetter letter, Instant firstFailedAt, String version) {
    /** Checks that nothing is missing. */
    public StoredDeadLetter {
        Objects.requireNonNull(letter, "letter");
        Objects.requireNonNull(firstFailedAt, "firstFailedAt");
        Objects.requireNonNull(version, "version");
    }
}
