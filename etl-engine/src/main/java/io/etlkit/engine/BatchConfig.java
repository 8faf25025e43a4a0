package io.etlkit.engine;

import io.etlkit.api.config.Option;
import java.time.Duration;

/**
 * How a lane collects a batch: it is complete when any limit is reached.
 *
 * @param maxRecords the most records of one batch
 * @param maxWait how long a batch is kept open, from its first record
 * @param maxCharacters how much text completes a batch; the poll that reaches it may go beyond it
 */
public record BatchConfig(
        @Option(description = "The most records of one batch, 1 to 100000.", defaultValue = "1000")
        int maxRecords,

        @Option(description = "How long a batch is kept open, counted from its first record.", defaultValue = "50ms")
        Duration maxWait,

        @Option(
                description =
                        "How much text of messages completes a batch, in characters, at least 1; so that large messages do"
                                + " not make a batch too large for the memory.",
                defaultValue = "8388608")
        long maxCharacters) {
    private static final long DEFAULT_CHARACTERS = 8L * 1024 * 1024;
    private static final int LARGEST = 100_000;

    /** Checks the limits. */
    public BatchConfig {
        if (maxRecords < 1 || maxRecords > LARGEST) {
            throw new IllegalArgumentException("maxRecords: must be between 1 and " + LARGEST);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait: must not be negative");
        }
        if (maxCharacters < 1) {
            throw new IllegalArgumentException("maxCharacters: must be at least 1");
        }
    }

    /** With 8 Mi characters. */
    public BatchConfig(int maxRecords, Duration maxWait) {
        this(maxRecords, maxWait, DEFAULT_CHARACTERS);
    }

    /** 1000 records, 50 ms or 8 Mi characters. */
    public static BatchConfig defaults() {
        return new BatchConfig(1000, Duration.ofMillis(50));
    }
}
