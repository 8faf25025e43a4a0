package io.etlkit.engine.internal.retry;

import java.time.Duration;

/** The monotonic clock and waiting; what tests replace. Safe for any thread. */
public interface Ticker {
    /** Nanoseconds from an arbitrary origin; they only grow. */
    long nanos();

    /**
     * Waits that long, or until the signal is given.
     *
     * @return whether it was
     */
    boolean pause(Duration duration, StopSignal until) throws InterruptedException;

    /** The system's. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
