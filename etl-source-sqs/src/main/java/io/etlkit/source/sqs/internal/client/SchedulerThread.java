package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scheduler with one daemon thread, which starts with the first task. */
public final class SchedulerThread implements Scheduler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);
    private static final long END_SECONDS = 2;

    private final ScheduledThreadPoolExecutor executor;

    /** A scheduler whose thread has the name given. */
    public SchedulerThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        // A cancelled timeout of a request would keep the response in memory until it is due.
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
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            Future<?> unused = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            log.trace("closed before it was due");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            log.error("a task of the SQS source failed: {}", bug.getClass().getName());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            boolean ended = executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            log.trace("the scheduler of the SQS source has ended: {}", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
