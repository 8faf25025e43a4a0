package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that a source has of its own, for what is due at a time and for the SDK's timeouts. */
final class SourceThread implements Timer, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);
    private static final long END_SECONDS = 2;

    private final ScheduledThreadPoolExecutor executor;

    SourceThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        // Each request has two timeouts; cancelled, they would hold on to its answer until they are due.
        executor.setRemoveOnCancelPolicy(true);
    }

    /** For the SDK's timeouts. */
    ScheduledExecutorService executor() {
        return executor;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable work) {
        after(Duration.ZERO, work);
    }

    @Override
    public void after(Duration delay, Runnable work) {
        try {
            Future<?> unused = executor.schedule(() -> run(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            log.trace("closed before it was due");
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            log.error("the SQS source's own thread failed: {}", bug.getClass().getName());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            boolean ended = executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            log.trace("the SQS source's own thread has ended: {}", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
