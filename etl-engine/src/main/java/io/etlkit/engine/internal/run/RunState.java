package io.etlkit.engine.internal.run;

import io.etlkit.engine.internal.retry.Backoffs;
import io.etlkit.engine.internal.retry.StopSignal;
import io.etlkit.engine.internal.retry.Ticker;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the lanes of one run share; every part of it is safe for any thread. */
public final class RunState {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private final Ticker ticker;
    private final StopSignal stop = new StopSignal();
    private final Backoffs backoffs;
    private final RunCounters counters;
    private final RecordLimit recordLimit;
    private final IdleDetector idleDetector;
    private final CountDownLatch lanesMade;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    public RunState(PipelineSettings settings) {
        this.ticker = settings.ticker();
        this.backoffs = new Backoffs(ticker);
        this.counters = new RunCounters(settings.name(), settings.meterRegistry());
        this.recordLimit = new RecordLimit(settings.limit(), settings.lanes());
        this.idleDetector = new IdleDetector(settings.untilIdle(), settings.lanes(), ticker);
        this.lanesMade = new CountDownLatch(settings.lanes());
    }

    public Ticker ticker() {
        return ticker;
    }

    public StopSignal stop() {
        return stop;
    }

    public Backoffs backoffs() {
        return backoffs;
    }

    public RunCounters counters() {
        return counters;
    }

    public RecordLimit recordLimit() {
        return recordLimit;
    }

    public IdleDetector idleDetector() {
        return idleDetector;
    }

    /** A lane has its plugins, or never will have. */
    public void laneMade() {
        lanesMade.countDown();
        if (lanesMade.getCount() == 0) {
            idleDetector.start();
        }
    }

    /** Waits for the other lanes, so that nothing is polled before all of them can work. */
    public void awaitLanesMade() throws InterruptedException {
        lanesMade.await();
    }

    /** Whether each lane has its plugins, or has failed. */
    public boolean started() {
        return lanesMade.getCount() == 0;
    }

    /** Whether lanes should poll no more. */
    public boolean isOver() {
        return stop.given() || recordLimit.isSpent();
    }

    /** Ends the run. */
    public void stop(String why) {
        if (!stop.given()) {
            log.info("draining: {}", why);
        }
        stop.give();
    }

    /** Ends the run because something failed; the first failure is the one that is told. */
    public void fail(String message) {
        if (failure.compareAndSet(null, message)) {
            log.error("failed: {}", message);
        } else if (!message.equals(failure.get())) {
            log.error("failed as well: {}", message);
        }
        stop("the pipeline failed");
    }

    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }
}
