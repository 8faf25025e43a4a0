package io.etlkit.stub.sqs;

import java.util.concurrent.TimeUnit;

/** The monotonic clock for visibility timeouts. */
final class StubClock {
    private StubClock() {}

    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
