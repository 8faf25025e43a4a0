package io.etlkit.source.sqs;

import java.time.Duration;

/** A monotonic clock, and a thread to do things later. Safe for any thread. */
interface Timer {
    /** Now, as {@link System#nanoTime}. */
    long nanos();

    /** Does something soon, on another thread; nothing once the source is closed. It must not block. */
    void execute(Runnable work);

    /** Does something after a while, on another thread; nothing once the source is closed. It must not block. */
    void after(Duration delay, Runnable work);
}
