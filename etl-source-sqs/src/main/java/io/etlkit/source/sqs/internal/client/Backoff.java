package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The pause before a retry: doubled with each failure in a row, less up to a half at random. Stateless. */
public final class Backoff {
    /** The longest pause. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    private static final long FIRST_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 8;

    /** What one more try takes at least. */
    private static final Duration SHORTEST_TRY = Duration.ofMillis(50);

    private Backoff() {}

    /** The pause after the {@code failures}th failure in a row, from 1. */
    public static Duration after(int failures) {
        long millis = Math.min(FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS), LONGEST.toMillis());
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** The same, but at most half of the time that is left; empty when too little is left for another try. */
    public static Optional<Duration> within(Duration left, int failures) {
        Duration half = left.dividedBy(2);
        if (half.compareTo(SHORTEST_TRY) < 0) {
            return Optional.empty();
        }
        Duration pause = after(failures);
        return Optional.of(pause.compareTo(half) < 0 ? pause : half);
    }
}
