package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after so many failures in a row: doubled each time, less up to a half at random. Stateless. */
final class Backoff {
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final long FIRST_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 8;

    /** What one more try takes at the least. */
    private static final Duration SHORTEST_TRY = Duration.ofMillis(50);

    private Backoff() {}

    /** The wait after the {@code failures}th failure, from 1. */
    static Duration after(int failures) {
        long millis = Math.min(FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS), LONGEST.toMillis());
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** The same, but so that time is left for another try; none when there is too little for one. */
    static Optional<Duration> within(Duration left, int failures) {
        Duration half = left.dividedBy(2);
        if (half.compareTo(SHORTEST_TRY) < 0) {
            return Optional.empty();
        }
        Duration pause = after(failures);
        return Optional.of(pause.compareTo(half) < 0 ? pause : half);
    }
}
