package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a deadline. */
final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Eventually() {}

    static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(500_000);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
