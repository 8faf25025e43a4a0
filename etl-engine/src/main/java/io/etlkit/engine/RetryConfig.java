package io.etlkit.engine;

import io.etlkit.api.config.Option;
import java.time.Duration;
import java.util.Optional;

/**
 * How a transient failure is retried: with the same call, after a delay that doubles from {@code initialDelay} to
 * {@code maxDelay}, a quarter more or less at random.
 *
 * @param initialDelay the delay before the second attempt
 * @param maxDelay the longest delay between two attempts
 * @param maxAttempts after how many attempts the pipeline stops; empty: never. No record is ever rejected for it
 */
public record RetryConfig(
        @Option(description = "The delay before the second attempt.", defaultValue = "100ms")
        Duration initialDelay,

        @Option(description = "The longest delay between two attempts.", defaultValue = "30s")
        Duration maxDelay,

        @Option(
                description = "After how many attempts the pipeline stops; without it, it retries for ever.",
                example = "10",
                min = "1")
        Optional<Integer> maxAttempts) {

    /** Checks the limits. */
    public RetryConfig {
        if (initialDelay.isNegative() || initialDelay.isZero()) {
            throw new IllegalArgumentException("initialDelay: must be more than zero");
        }
        if (maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("maxDelay: must not be less than initialDelay");
        }
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static RetryConfigBuilder builder() {
        return new RetryConfigBuilder();
    }

    /** From 100 ms to 30 s, for ever. */
    public static RetryConfig defaults() {
        return builder().build();
    }
}
