package io.etlkit.source.sqs.internal.client;

import java.time.Duration;

/** A monotonic clock, and a thread for delayed tasks. Safe for any thread. */
public interface Scheduler {
    /** Now, as {@link System#nanoTime}. */
    long nanos();

    /** Runs a task soon on another thread, or not at all once the source is closed. The task must not block. */
    void execute(Runnable task);

    /** Runs a task after a delay on another thread, or not at all once the source is closed. The task must not block. */
    void after(Duration delay, Runnable task);
}
