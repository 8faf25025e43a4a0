package io.etlkit.engine;

import io.etlkit.api.config.Option;
import java.time.Duration;

/**
 * How a lane collects a batch: it is complete when either limit is reached.
 *
 * @param maxRecords the most records of one batch
 * @param maxWait how long a batch is kept open, from its first record
 */
public record BatchConfig(
        @Option(value = "The most records of one batch, 1 to 100000.", defaultValue = "1000")
        int maxRecords,

        @Option(value = "How long a batch is kept open, counted from its first record.", defaultValue = "50ms")
        Duration maxWait) {
    private static final int LARGEST = 100_000;

    /** Checks the limits. */
    public BatchConfig {
        if (maxRecords < 1 || maxRecords > LARGEST) {
            throw new IllegalArgumentException("maxRecords: must be between 1 and " + LARGEST);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait: must not be negative");
        }
    }

    /** 1000 records or 50 ms. */
    public static BatchConfig defaults() {
        return new BatchConfig(1000, Duration.ofMillis(50));
    }
}
