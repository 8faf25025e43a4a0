package io.etlkit.runner.internal.command;

import io.etlkit.engine.PipelineRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run when the process is told to end (SIGTERM, Ctrl-C) and holds the process until the run's summary is printed.
 * The JVM then ends with 143 or 130 by itself; a drain that failed ends it with 1.
 */
final class StopOnSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Duration patience;
    private final Thread hook;
    private @Nullable PipelineRun run;
    private boolean signalled;
    private volatile boolean failed;

    private StopOnSignal(Duration patience) {
        this.patience = patience;
        this.hook = new Thread(this::stopAndWait, "etl-shutdown");
    }

    /** Begins to listen; {@code patience} is the longest that the process is held. */
    static StopOnSignal listen(Duration patience) {
        StopOnSignal signal = new StopOnSignal(patience);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Says what to stop; stops it at once when the signal came before. */
    synchronized void watch(PipelineRun started) {
        run = started;
        if (signalled) {
            started.stop();
        }
    }

    /** Notes that the run failed, which the exit code then tells. */
    void failed() {
        failed = true;
    }

    private void stopAndWait() {
        synchronized (this) {
            signalled = true;
            if (run != null) {
                run.stop();
            }
        }
        try {
            boolean inTime = finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (failed || !inTime) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process go. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending because of a signal: the hook has done, or is doing, its work.
            hook.isAlive();
        }
    }
}
