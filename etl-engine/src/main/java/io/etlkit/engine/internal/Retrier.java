package io.etlkit.engine.internal;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import io.etlkit.api.EtlException;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.engine.RetryConfig;

/**
 * Calls plugins: holds and calls again while they fail transiently, and makes a {@link FatalException} without a foreign
 * message of what they should not have thrown. Used by one thread.
 *
 * <p>Failsafe computes the delays. The waiting is ours, so that a stop ends it: then there is one last try.
 */
final class Retrier {
    private static final double JITTER = 0.25;
    private static final int FOR_EVER = -1;

    private final RetryPolicy<Object> policy;
    private final Time time;
    private final StopSignal stop;
    private final Holds holds;

    Retrier(RetryConfig config, Time time, StopSignal stop, Holds holds) {
        this.policy = policy(config);
        this.time = time;
        this.stop = stop;
        this.holds = holds;
    }

    /**
     * Calls.
     *
     * @param what the plugin, for messages
     * @throws HoldAbandonedException when the run was stopped and one last try failed
     * @throws FatalException when attempts are limited and used up, or on an unexpected exception
     */
    <T> T call(String what, Call<T> call) throws InterruptedException {
        try {
            return attempt(what, call);
        } catch (TransientException failure) {
            return hold(what, call, failure);
        }
    }

    /** Goes on after a first attempt, made by the caller, failed; otherwise as {@link #call}. */
    <T> T hold(String what, Call<T> call, TransientException first) throws InterruptedException {
        Execution<Object> execution = Execution.of(policy);
        TransientException failure = first;
        try (Holds.Hold hold = holds.begin(what)) {
            while (true) {
                execution.recordException(failure);
                if (execution.isComplete()) {
                    throw new FatalException(what + ": gave up after " + execution.getAttemptCount()
                            + " attempts, the most that retry.maxAttempts allows: " + failure.getMessage());
                }
                boolean lastTry = time.pause(execution.getDelay(), stop);
                try {
                    T result = attempt(what, call);
                    hold.resumed();
                    return result;
                } catch (TransientException again) {
                    if (lastTry) {
                        throw new HoldAbandonedException(what);
                    }
                    hold.failedAgain(again);
                    failure = again;
                }
            }
        }
    }

    /** Calls once: a transient failure is the caller's to deal with. */
    static <T> T attempt(String what, Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (EtlException | StartupException | FatalException | HoldAbandonedException understood) {
            throw understood;
        } catch (RuntimeException unexpected) {
            throw new UnexpectedException(what, unexpected);
        }
    }

    private static RetryPolicy<Object> policy(RetryConfig config) {
        var builder = RetryPolicy.builder()
                .handle(TransientException.class)
                .withMaxAttempts(config.maxAttempts().orElse(FOR_EVER));
        // Failsafe wants the longest delay to be longer than the first.
        if (config.maxDelay().compareTo(config.initialDelay()) > 0) {
            builder.withBackoff(config.initialDelay(), config.maxDelay());
        } else {
            builder.withDelay(config.initialDelay());
        }
        return builder.withJitter(JITTER).build();
    }

    /** A call of a plugin. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws InterruptedException;
    }
}
