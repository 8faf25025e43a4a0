package io.etlkit.engine.internal.run;

import io.etlkit.engine.RunReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts deliveries by what became of them, for the report and for the metrics at once. Safe for any thread. */
public final class RunCounters {
    private final String pipeline;
    private final Tally received;
    private final Tally rows;
    private final Map<Outcome, Tally> outcomes = new EnumMap<>(Outcome.class);

    RunCounters(String pipeline, MeterRegistry registry) {
        this.pipeline = pipeline;
        received = records(registry, "received");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, records(registry, outcome.label()));
        }
        rows = new Tally(Counter.builder("etl.rows")
                .description("Records durable in the sink")
                .tag("pipeline", pipeline)
                .register(registry));
    }

    private Tally records(MeterRegistry registry, String outcome) {
        return new Tally(Counter.builder("etl.records")
                .description("Deliveries, by what became of them")
                .tag("pipeline", pipeline)
                .tag("outcome", outcome)
                .register(registry));
    }

    public void received(long deliveries) {
        received.add(deliveries);
    }

    public void rows(long records) {
        rows.add(records);
    }

    public void settled(Outcome outcome, long deliveries) {
        tally(outcome).add(deliveries);
    }

    public RunReport report(Duration duration, Optional<String> failure) {
        // Outcomes are read before what was received, so that a report taken in mid-run never shows more out than in.
        long written = count(Outcome.WRITTEN);
        long filtered = count(Outcome.FILTERED);
        long duplicate = count(Outcome.DUPLICATE);
        long deadLettered = count(Outcome.DEAD_LETTERED);
        long dropped = count(Outcome.DROPPED);
        long released = count(Outcome.RELEASED);
        return new RunReport(
                pipeline,
                received.count(),
                written,
                filtered,
                duplicate,
                deadLettered,
                dropped,
                released,
                rows.count(),
                duration,
                failure);
    }

    private long count(Outcome outcome) {
        return tally(outcome).count();
    }

    private Tally tally(Outcome outcome) {
        Tally tally = outcomes.get(outcome);
        if (tally == null) {
            throw new IllegalStateException("no tally of " + outcome);
        }
        return tally;
    }

    /** A number of this run, and the metric that outlives the run. */
    private record Tally(AtomicLong inThisRun, Counter metric) {
        Tally(Counter metric) {
            this(new AtomicLong(), metric);
        }

        void add(long amount) {
            if (amount > 0) {
                inThisRun.addAndGet(amount);
                metric.increment((double) amount);
            }
        }

        long count() {
            return inThisRun.get();
        }
    }
}
