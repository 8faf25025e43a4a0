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
        @Option(description = "The most records of one batch.", defaultValue = "1000", min = "1", max = "100000")
        int maxRecords,

        @Option(
                description = "How long a batch is kept open, counted from its first record.",
                defaultValue = "50ms",
                min = "0s")
        Duration maxWait,

        @Option(
                description = "How much text of messages completes a batch, in characters, so that large messages do"
                        + " not make a batch too large for the memory.",
                defaultValue = "8388608",
                min = "1")
        long maxCharacters) {
    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static BatchConfigBuilder builder() {
        return new BatchConfigBuilder();
    }

    /** 1000 records, 50 ms or 8 Mi characters. */
    public static BatchConfig defaults() {
        return builder().build();
    }
}
