package io.etlkit.stub.sqs;

import java.util.concurrent.TimeUnit;

/** The monotonic clock that visibility is told by. */
final class StubClock {
    private StubClock() {}

    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
