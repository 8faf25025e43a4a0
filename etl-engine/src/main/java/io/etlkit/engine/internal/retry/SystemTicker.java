package io.etlkit.engine.internal.retry;

import java.time.Duration;

/** The JVM's monotonic clock and real waiting. */
final class SystemTicker implements Ticker {
    static final SystemTicker INSTANCE = new SystemTicker();

    private SystemTicker() {}

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean pause(Duration duration, StopSignal until) throws InterruptedException {
        return until.await(duration);
    }
}
