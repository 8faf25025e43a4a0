package io.etlkit.engine.internal;

import java.time.Duration;

/** The JVM's monotonic clock and real waiting. */
final class SystemTime implements Time {
    static final SystemTime INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean pause(Duration duration, StopSignal until) throws InterruptedException {
        return until.await(duration);
    }
}
