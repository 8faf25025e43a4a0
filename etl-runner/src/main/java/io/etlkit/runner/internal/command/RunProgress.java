package io.etlkit.runner.internal.command;

import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a bounded run's progress on standard error. */
final class RunProgress implements AutoCloseable {
    private static final int EVERY_MILLIS = 200;

    private final PipelineRun run;
    private final ProgressBar bar;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private RunProgress(PipelineRun run, String name, OptionalLong limit) {
        this.run = run;
        this.bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(limit.orElse(-1))
                .setUpdateIntervalMillis(EVERY_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
        this.thread = new Thread(this::follow, "etl-progress");
        thread.setDaemon(true);
    }

    static RunProgress show(PipelineRun run, String name, OptionalLong limit) {
        RunProgress progress = new RunProgress(run, name, limit);
        progress.thread.start();
        return progress;
    }

    /** Blocks until the run has ended. */
    RunReport await() throws InterruptedException {
        return run.await();
    }

    private void follow() {
        try {
            do {
                update();
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void update() {
        RunReport report = run.report();
        bar.stepTo(report.received() - report.inFlight());
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        update();
        bar.close();
    }
}
