package io.etlkit.stub.sqs;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What the loop has to do later. Used by the loop's thread only. */
final class StubTimers {
    private record Timer(long nanos, Runnable task) {}

    private final long origin = System.nanoTime();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::nanos));

    void after(long millis, Runnable task) {
        timers.add(new Timer(now() + TimeUnit.MILLISECONDS.toNanos(millis), task));
    }

    void runDue() {
        while (!timers.isEmpty() && timers.peek().nanos() <= now()) {
            timers.remove().task().run();
        }
    }

    /** How long to the next one, at least 1; 0 when there is none. */
    long millisToNext() {
        return timers.isEmpty()
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(timers.peek().nanos() - now()) + 1);
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
