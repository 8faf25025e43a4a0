package io.etlkit.engine.internal;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the lanes of one run share; every part of it is safe for any thread. */
final class RunState {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private final Time time;
    private final StopSignal stop = new StopSignal();
    private final Holds holds;
    private final RunCounters counters;
    private final RecordBudget budget;
    private final IdleWatch idleWatch;
    private final CountDownLatch lanesMade;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    RunState(PipelineSettings settings) {
        this.time = settings.time();
        this.holds = new Holds(time);
        this.counters = new RunCounters(settings.name(), settings.meterRegistry());
        this.budget = new RecordBudget(settings.limit(), settings.lanes());
        this.idleWatch = new IdleWatch(settings.untilIdle(), settings.lanes(), time);
        this.lanesMade = new CountDownLatch(settings.lanes());
    }

    Time time() {
        return time;
    }

    StopSignal stop() {
        return stop;
    }

    Holds holds() {
        return holds;
    }

    RunCounters counters() {
        return counters;
    }

    RecordBudget budget() {
        return budget;
    }

    IdleWatch idleWatch() {
        return idleWatch;
    }

    /** A lane has its plugins, or never will have. */
    void laneMade() {
        lanesMade.countDown();
        if (lanesMade.getCount() == 0) {
            idleWatch.start();
        }
    }

    /** Waits for the other lanes, so that nothing is polled before all of them can work. */
    void awaitLanesMade() throws InterruptedException {
        lanesMade.await();
    }

    /** Whether each lane has its plugins, or has failed. */
    boolean started() {
        return lanesMade.getCount() == 0;
    }

    /** Whether lanes should poll no more. */
    boolean isOver() {
        return stop.given() || budget.isSpent();
    }

    /** Ends the run. */
    void stop(String why) {
        if (!stop.given()) {
            log.info("draining: {}", why);
        }
        stop.give();
    }

    /** Ends the run because something failed; the first failure is the one that is told. */
    void fail(String message) {
        if (failure.compareAndSet(null, message)) {
            log.error("failed: {}", message);
        } else if (!message.equals(failure.get())) {
            log.error("failed as well: {}", message);
        }
        stop("the pipeline failed");
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }
}
