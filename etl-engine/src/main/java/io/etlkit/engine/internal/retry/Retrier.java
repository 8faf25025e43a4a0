package io.etlkit.engine.internal.retry;

import io.etlkit.api.EtlException;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.failure.StoppedWhileRetryingException;
import io.etlkit.engine.internal.failure.UnexpectedException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls plugins: retries with backoff while they fail transiently, and makes a {@link FatalException} without a foreign
 * message of what they should not have thrown. Used by one thread.
 *
 * <p>The loop is our own and not a library's: a stop must end the wait and allow one last try.
 */
public final class Retrier {
    private static final double JITTER = 0.25;

    private final RetryConfig config;
    private final Ticker ticker;
    private final StopSignal stop;
    private final Backoffs backoffs;

    public Retrier(RetryConfig config, Ticker ticker, StopSignal stop, Backoffs backoffs) {
        this.config = config;
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
        int attempts = 1;
        Duration delay = config.initialDelay();
        TransientException failure = first;
        try (Backoffs.Backoff backoff = backoffs.begin(what)) {
            while (true) {
                if (config.maxAttempts().isPresent()
                        && attempts >= config.maxAttempts().get()) {
                    throw new FatalException(what + ": gave up after " + attempts
                            + " attempts, the most that retry.maxAttempts allows: " + failure.getMessage());
                }
                boolean lastTry = ticker.pause(withJitter(delay), stop);
                attempts++;
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
                    delay = longer(delay);
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

    private Duration longer(Duration delay) {
        Duration doubled = delay.multipliedBy(2);
        return doubled.compareTo(config.maxDelay()) < 0 ? doubled : config.maxDelay();
    }

    /** A quarter more or less, so that lanes do not retry in step. */
    private static Duration withJitter(Duration delay) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofNanos((long) (delay.toNanos() * factor));
    }

    /** A call of a plugin. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws InterruptedException;
    }
}
