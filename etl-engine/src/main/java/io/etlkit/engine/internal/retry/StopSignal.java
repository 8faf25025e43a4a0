package io.etlkit.engine.internal.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says once, for ever, that a run is to stop. Safe for any thread. */
public final class StopSignal {
    private final CountDownLatch latch = new CountDownLatch(1);

    /** Gives the signal. */
    public void give() {
        latch.countDown();
    }

    /** Whether it was given. */
    public boolean given() {
        return latch.getCount() == 0;
    }

    /** Waits until it is given; false when the time is up before. */
    public boolean await(Duration longest) throws InterruptedException {
        return latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void await() throws InterruptedException {
        latch.await();
    }
}
