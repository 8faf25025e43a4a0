package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after so many failures in a row: doubled each time, less up to a half at random. Stateless. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 8;
    private static final long LONGEST_MILLIS = 20_000;

    private Backoff() {}

    /** The wait after the {@code failures}th failure, from 1. */
    static Duration after(int failures) {
        long millis = Math.min(FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS), LONGEST_MILLIS);
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
