package io.etlkit.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for something that happens in another thread or process, by asking again and again. Safe for any thread. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Waits up to 20 seconds until the condition holds.
     *
     * @param what the condition in words, for the failure's message
     * @throws AssertionError when it does not come to hold
     */
    public static void holds(String what, BooleanSupplier condition) {
        await(PATIENCE, () -> {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
        });
    }

    /**
     * Waits up to 20 seconds until the assertions pass.
     *
     * @throws AssertionError the last failure, when they do not come to pass
     */
    public static void passes(Assertions assertions) {
        await(PATIENCE, assertions);
    }

    /**
     * Waits until the assertions pass.
     *
     * @throws AssertionError the last failure, when they do not come to pass within {@code patience}
     */
    public static void passes(Duration patience, Assertions assertions) {
        await(patience, assertions);
    }

    private static void await(Duration patience, Assertions assertions) {
        long deadline = System.nanoTime() + patience.toNanos();
        @Nullable AssertionError failure;
        do {
            failure = failureOf(assertions);
            if (failure == null) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw failure;
    }

    private static @Nullable AssertionError failureOf(Assertions assertions) {
        try {
            assertions.check();
            return null;
        } catch (AssertionError failed) {
            return failed;
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the check itself failed", failed);
        }
    }

    /** Checks that throw an {@link AssertionError} while they do not hold; any other exception ends the wait. */
    @FunctionalInterface
    public interface Assertions {
        /** Checks once. */
        void check() throws Exception;
    }
}
