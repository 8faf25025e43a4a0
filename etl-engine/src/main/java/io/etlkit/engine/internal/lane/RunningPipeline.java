package io.etlkit.engine.internal.lane;

import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.engine.internal.failure.FailureDescription;
import io.etlkit.engine.internal.retry.Backoffs;
import io.etlkit.engine.internal.run.RunState;
import io.etlkit.engine.internal.settings.PipelineSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One run of a pipeline. A thread of its own starts the lanes, waits for their end or for a stop, and sees to it that a
 * drain ends in time.
 */
public final class RunningPipeline implements PipelineRun {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    /** A source may take the whole drain timeout to close; only what takes longer hangs. */
    private static final Duration DRAIN_SLACK = Duration.ofSeconds(1);

    /** How long a lane may take to end once its calls are aborted. */
    private static final Duration ABORT_GRACE = Duration.ofSeconds(3);

    private final PipelineSettings settings;
    private final RunState run;
    private final long start;
    private final List<Meter> gauges = new ArrayList<>();
    private final CountDownLatch lanesEnded;
    private final Thread coordinator;
    private volatile @Nullable RunReport last;

    private RunningPipeline(PipelineSettings settings) {
        this.settings = settings;
        this.run = new RunState(settings);
        this.start = settings.ticker().nanos();
        this.coordinator = thread("etl-" + settings.name(), this::coordinate);
        this.lanesEnded = new CountDownLatch(settings.lanes());
    }

    /** Starts a run, and returns at once. */
    public static RunningPipeline start(PipelineSettings settings) {
        RunningPipeline pipeline = new RunningPipeline(settings);
        pipeline.coordinator.start();
        return pipeline;
    }

    private void coordinate() {
        MDC.put("pipeline", settings.name());
        try {
            publishGauges();
            warnOfUnsealedOriginals();
            log.info("starting {} lanes", settings.lanes());
            runLanes();
        } catch (InterruptedException interrupted) {
            run.fail("the pipeline's thread was interrupted");
        } catch (RuntimeException bug) {
            run.fail("the engine failed unexpectedly: " + FailureDescription.brief(bug));
        } finally {
            finish();
        }
    }

    private void runLanes() throws InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int index = 0; index < settings.lanes(); index++) {
            lanes.add(new Lane(index, settings, run, lanesEnded));
            threads.add(thread("etl-" + settings.name() + "-lane-" + index, lanes.get(index)));
        }
        threads.forEach(Thread::start);
        run.stop().await();
        Duration drain = settings.drainTimeout().plus(DRAIN_SLACK);
        if (!lanesEnded.await(drain.toMillis(), TimeUnit.MILLISECONDS)) {
            abort(lanes, threads);
        }
        for (Thread thread : threads) {
            thread.join(ABORT_GRACE.toMillis());
        }
    }

    private void abort(List<Lane> lanes, List<Thread> threads) throws InterruptedException {
        run.fail("the drain was not over after " + settings.drainTimeout().toMillis()
                + " ms; calls that hang are ended, and what is in flight is given back");
        forEachLane(lanes, threads, Lane::abort);
        if (!lanesEnded.await(ABORT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            forEachLane(lanes, threads, Lane::abortSource);
        }
        if (!lanesEnded.await(ABORT_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.error("a call of a plugin hangs and can not be ended; what it had in flight lapses");
        }
    }

    /** Each on a thread of its own, for closing a plugin that hangs may hang too. */
    private void forEachLane(List<Lane> lanes, List<Thread> threads, Abortion abortion) throws InterruptedException {
        List<Thread> aborters = new ArrayList<>();
        for (int index = 0; index < lanes.size(); index++) {
            Lane lane = lanes.get(index);
            Thread thread = threads.get(index);
            if (thread.isAlive()) {
                aborters.add(thread("etl-" + settings.name() + "-abort-" + index, () -> abortion.of(lane, thread)));
            }
        }
        aborters.forEach(Thread::start);
        for (Thread aborter : aborters) {
            aborter.join(ABORT_GRACE.toMillis());
        }
    }

    private void finish() {
        RunReport report = verified(reportNow());
        gauges.forEach(settings.meterRegistry()::remove);
        log.info("ended: {}", numbers(report));
        last = report;
    }

    private RunReport verified(RunReport report) {
        if (report.inFlight() == 0) {
            return report;
        }
        run.fail("the numbers do not add up: " + report.received() + " received, but the fate of " + report.inFlight()
                + " is unknown");
        return reportNow();
    }

    private static String numbers(RunReport report) {
        return "received %d, written %d, filtered %d, duplicate %d, dead-lettered %d, dropped %d, released %d, rows %d"
                .formatted(
                        report.received(),
                        report.written(),
                        report.filtered(),
                        report.duplicate(),
                        report.deadLettered(),
                        report.dropped(),
                        report.released(),
                        report.rows());
    }

    private void publishGauges() {
        var registry = settings.meterRegistry();
        gauges.add(Gauge.builder("etl.holding", run.backoffs(), Backoffs::count)
                .description("Lanes that wait for something to come back")
                .tag("pipeline", settings.name())
                .register(registry));
        for (State state : State.values()) {
            gauges.add(Gauge.builder("etl.pipeline.state", this, self -> self.state() == state ? 1 : 0)
                    .description("1 for the state that the pipeline is in")
                    .tag("pipeline", settings.name())
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
    }

    private void warnOfUnsealedOriginals() {
        boolean wanted = settings.deadLetters().isPresent()
                && settings.deadLetterPolicy().original() == DeadLetterPolicy.Original.SEAL;
        if (wanted
                && (settings.sealingKeyset().isEmpty()
                        || settings.cipherProvider().isEmpty())) {
            log.warn(
                    "dead letters will not hold the original messages: {}",
                    settings.sealingKeyset().isEmpty()
                            ? "no step has a keyset to seal them with; name one as deadLetter.keyset, or set"
                                    + " deadLetter.original to omit"
                            : "no plugin that can seal them is installed");
        }
    }

    @Override
    public State state() {
        if (last != null) {
            return State.ENDED;
        }
        if (run.stop().given()) {
            return State.DRAINING;
        }
        if (run.backoffs().count() > 0) {
            return State.HOLDING;
        }
        return run.started() ? State.RUNNING : State.STARTING;
    }

    @Override
    public RunReport report() {
        RunReport ended = last;
        return ended == null ? reportNow() : ended;
    }

    private RunReport reportNow() {
        return run.counters().report(Duration.ofNanos(settings.ticker().nanos() - start), run.failure());
    }

    @Override
    public void stop() {
        run.stop("stop was asked for");
    }

    @Override
    public RunReport await() throws InterruptedException {
        coordinator.join();
        return report();
    }

    @Override
    public void close() {
        stop();
        try {
            await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @FunctionalInterface
    private interface Abortion {
        void of(Lane lane, Thread thread);
    }
}
