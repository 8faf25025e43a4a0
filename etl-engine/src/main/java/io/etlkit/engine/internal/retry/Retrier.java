package io.etlkit.engine.internal.retry;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import io.etlkit.api.EtlException;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.failure.StoppedWhileRetryingException;
import io.etlkit.engine.internal.failure.UnexpectedException;

/**
 * Calls plugins: retries with backoff while they fail transiently, and makes a {@link FatalException} without a foreign
 * message of what they should not have thrown. Used by one thread.
 *
 * <p>Failsafe computes the delays. The waiting is ours, so that a stop ends it: then there is one last try.
 */
public final class Retrier {
    private static final double JITTER = 0.25;
    private static final int FOR_EVER = -1;

    private final RetryPolicy<Object> policy;
    private final Ticker ticker;
    private final StopSignal stop;
    private final Backoffs backoffs;

    public Retrier(RetryConfig config, Ticker ticker, StopSignal stop, Backoffs backoffs) {
        this.policy = policy(config);
        this.ticker = ticker;
        this.stop = stop;
        this.backoffs = backoffs;
    }

    /**
     * Calls.
     *
     * @param what the plugin, for messages
     * @throws StoppedWhileRetryingException when the run was stopped and one last try failed
     * @throws FatalException when attempts are limited and used up, or on an unexpected exception
     */
    public <T> T call(String what, Call<T> call) throws InterruptedException {
        try {
            return attempt(what, call);
        } catch (TransientException failure) {
            return retry(what, call, failure);
        }
    }

    /** Goes on after a first attempt, made by the caller, failed; otherwise as {@link #call}. */
    public <T> T retry(String what, Call<T> call, TransientException first) throws InterruptedException {
        Execution<Object> execution = Execution.of(policy);
        TransientException failure = first;
        try (Backoffs.Backoff backoff = backoffs.begin(what)) {
            while (true) {
                execution.recordException(failure);
                if (execution.isComplete()) {
                    throw new FatalException(what + ": gave up after " + execution.getAttemptCount()
                            + " attempts, the most that retry.maxAttempts allows: " + failure.getMessage());
                }
                boolean lastTry = ticker.pause(execution.getDelay(), stop);
                try {
                    T result = attempt(what, call);
                    backoff.resumed();
                    return result;
                } catch (TransientException again) {
                    if (lastTry) {
                        throw new StoppedWhileRetryingException(what);
                    }
                    backoff.failedAgain(again);
                    failure = again;
                }
            }
        }
    }

    /** Calls once: a transient failure is the caller's to deal with. */
    public static <T> T attempt(String what, Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (EtlException | StartupException | FatalException | StoppedWhileRetryingException understood) {
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
    public interface Call<T> {
        T run() throws InterruptedException;
    }
}
