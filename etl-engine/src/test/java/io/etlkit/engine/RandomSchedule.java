package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.TransientException;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.Value;
import io.etlkit.engine.internal.retry.StopSignal;
import io.etlkit.engine.internal.retry.Ticker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run in which everything that may fail does so at random, and what must hold for it nevertheless. */
final class RandomSchedule {
    private enum Fate {
        PASS,
        SPLIT,
        FILTER,
        NOT_JSON,
        STEP_REJECTS,
        STEP_BREAKS,
        SINK_REFUSES
    }

    private static final Set<Fate> REJECTED = EnumSet.range(Fate.NOT_JSON, Fate.SINK_REFUSES);

    private final Random random;
    private final double trouble;
    private final boolean stopped;
    private final boolean fatal;
    private final Map<String, Fate> fates = new HashMap<>();
    private final FakeSource source = new FakeSource();
    private final FakeDeadLetters deadLetters = new FakeDeadLetters();
    private final Map<String, Integer> table = new ConcurrentHashMap<>();
    private final AtomicReference<PipelineRun> run = new AtomicReference<>();
    private final AtomicBoolean refusesByName = new AtomicBoolean();

    RandomSchedule(long seed) {
        random = new Random(seed);
        trouble = random.nextInt(3) * 0.15;
        stopped = random.nextInt(4) == 0;
        fatal = random.nextInt(8) == 0;
        refusesByName.set(random.nextBoolean());
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private void maybeTransient() {
        if (chance(trouble)) {
            throw new TransientException("away");
        }
    }

    private void maybeFatal() {
        if (fatal && chance(0.1)) {
            throw new IllegalStateException("broken");
        }
    }

    private void maybeStop() {
        PipelineRun started = run.get();
        if (stopped && started != null && chance(0.3)) {
            started.stop();
        }
    }

    private void fill() {
        int count = random.nextInt(40);
        for (int n = 1; n <= count; n++) {
            Fate fate = chance(0.6) ? Fate.PASS : oneOf(Fate.values());
            fates.put("m" + n, fate);
            source.add(fate == Fate.NOT_JSON ? "{" : "{\"n\":" + n + "}");
        }
    }

    private List<EtlRecord> step(EtlRecord record) {
        maybeTransient();
        return switch (fate(record)) {
            case SPLIT -> List.of(record, FakeTransform.with(record, "copy", Value.of(1)));
            case FILTER -> List.of();
            case STEP_REJECTS -> throw new RejectedException("refused", "as planned");
            case STEP_BREAKS -> throw new IllegalStateException("as planned");
            default -> List.of(record);
        };
    }

    private Fate fate(EtlRecord record) {
        return fates.get(record.key().id());
    }

    /** A table whose commit may be lost: the rows are there, but nobody was told. */
    private final class Table implements Sink {
        @Override
        public WriteResult write(List<EtlRecord> batch) {
            maybeStop();
            maybeTransient();
            maybeFatal();
            Map<DeliveryId, Rejection> rejected = new HashMap<>();
            batch.stream()
                    .filter(record -> fate(record) == Fate.SINK_REFUSES)
                    .forEach(record -> rejected.put(record.delivery(), Rejection.of("refused", "by the table")));
            if (!rejected.isEmpty() && !refusesByName.get()) {
                throw new RejectedException("refused", "by the table");
            }
            Set<DeliveryId> written = new HashSet<>();
            Set<DeliveryId> duplicate = new HashSet<>();
            Map<String, List<EtlRecord>> byKey = batch.stream()
                    .filter(record -> !rejected.containsKey(record.delivery()))
                    .collect(Collectors.groupingBy(record -> record.key().id()));
            byKey.forEach((key, records) -> (table.putIfAbsent(key, records.size()) == null ? written : duplicate)
                    .add(records.get(0).delivery()));
            maybeTransient();
            return new WriteResult(written, duplicate, rejected);
        }

        @Override
        public void close() {}
    }

    private Pipeline pipeline(RejectPolicy policy) {
        source.beforePoll = this::maybeTransient;
        deadLetters.before = letters -> maybeTransient();
        return Pipeline.builder("test")
                .source(source.factory(), new FakeSource.Config())
                .transform(FakeTransform.of("step", this::step), new FakeTransform.Config())
                .sink(
                        SinkFactory.of("table", "A table.", FakeSink.Config.class, (config, context) -> {
                            maybeTransient();
                            return new Table();
                        }),
                        new FakeSink.Config())
                .deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), PipelineFixture.omit())
                .onReject(policy)
                .lanes(1 + random.nextInt(3))
                .batch(BatchConfig.builder()
                        .maxRecords(1 + random.nextInt(12))
                        .maxWait(Duration.ofNanos(random.nextInt(200_000)))
                        .build())
                .retry(new RetryConfig(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        chance(0.1) ? Optional.of(1 + random.nextInt(3)) : Optional.empty()))
                .untilIdle(Duration.ofNanos(200_000))
                .ticker(new NoWaiting())
                .build();
    }

    RunReport runAndCheck() throws InterruptedException {
        fill();
        RejectPolicy policy = oneOf(RejectPolicy.values());
        run.set(pipeline(policy).start());
        RunReport report = run.get().await();
        checkNumbers(report);
        checkSettlements(report);
        checkRecords(policy);
        return report;
    }

    private void checkNumbers(RunReport report) {
        assertThat(report.inFlight()).as("deliveries whose fate is unknown").isZero();
        assertThat(report.received() + source.waiting.size()).isEqualTo(fates.size());
        assertThat(report.written() + report.filtered() + report.duplicate() + report.deadLettered() + report.dropped())
                .isEqualTo(source.done.size());
        assertThat(report.released()).isEqualTo(source.released.size() + source.inFlight.size());
    }

    private void checkSettlements(RunReport report) {
        assertThat(source.errors).isEmpty();
        if (report.failure().isEmpty()) {
            assertThat(source.inFlight)
                    .as("left to lapse though nothing failed")
                    .isEmpty();
            assertThat(stopped || source.waiting.isEmpty()).as("all was polled").isTrue();
        }
    }

    private void checkRecords(RejectPolicy policy) {
        Set<String> letters = deadLetters.letters.stream()
                .map(DeadLetter::key)
                .map(key -> key.id())
                .collect(Collectors.toSet());
        assertThat(Stream.concat(letters.stream(), table.keySet().stream()))
                .as("written or a dead letter, not both")
                .doesNotHaveDuplicates();
        table.forEach(
                (key, rows) -> assertThat(rows).as("rows of %s", key).isEqualTo(fates.get(key) == Fate.SPLIT ? 2 : 1));
        source.done.keySet().forEach(delivery -> {
            String key = "m" + delivery.value().substring(1);
            boolean durable = table.containsKey(key) || letters.contains(key);
            boolean forgotten =
                    fates.get(key) == Fate.FILTER || (policy == RejectPolicy.DROP && REJECTED.contains(fates.get(key)));
            assertThat(durable || forgotten)
                    .as("%s was done before it was durable", key)
                    .isTrue();
        });
    }

    /** Waits for nothing: a pause is over at once. */
    private static final class NoWaiting implements Ticker {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(Duration duration, StopSignal until) {
            return until.given();
        }
    }
}
