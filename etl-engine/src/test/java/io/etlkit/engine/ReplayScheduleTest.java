package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Replays in which sink and store fail at random, before or after they have done what they were asked, and that are stopped
 * or broken off at random, two at a time now and then; after each, every message is a row or a letter, and no row is there
 * twice. In the end one that nothing disturbs leaves only what can not succeed.
 */
class ReplayScheduleTest {
    private static final int SCHEDULES = Integer.getInteger("etl.test.schedules", 3000) / 30;

    @Test
    void everyMessageIsARowOrALetterWhateverFails() {
        Long fixed = Long.getLong("etl.test.seed");
        if (fixed != null) {
            run(fixed);
            return;
        }
        new Random().longs(SCHEDULES).forEach(ReplayScheduleTest::run);
    }

    private static void run(long seed) {
        try {
            new Schedule(seed).runAndCheck();
        } catch (Exception | AssertionError failure) {
            fail("with -Detl.test.seed=" + seed, failure);
        }
    }

    private static final class Schedule {
        private final Random random;
        private final FakeDeadLetterStore box = new FakeDeadLetterStore();
        private final FakeSink sink = new FakeSink();
        private final int letters;
        private final AtomicReference<PipelineRun> current = new AtomicReference<>();
        private double trouble;
        private double fatal;
        private double stop;

        Schedule(long seed) {
            random = new Random(seed);
            letters = 1 + random.nextInt(40);
        }

        /** Two replays may share it. */
        private synchronized boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        private void mayFail() {
            PipelineRun run = current.get();
            if (run != null && chance(stop)) {
                run.stop();
            }
            if (chance(trouble)) {
                throw new TransientException("away");
            }
            if (chance(fatal)) {
                throw new IllegalStateException("killed");
            }
        }

        private static boolean hopeless(String id) {
            return Integer.parseInt(id) % 7 == 3;
        }

        private Pipeline pipeline() {
            sink.before = batch -> mayFail();
            box.before = this::mayFail;
            box.afterRemoval = this::mayFail;
            box.pageSize = 1 + random.nextInt(10);
            return Pipeline.builder("test")
                    .source(new FakeSource().factory(), new FakeSource.Config())
                    .transform(FakeTransform.of("step", Schedule::step), new FakeTransform.Config())
                    .sink(sink.factory(), new FakeSink.Config())
                    .deadLetters(
                            box.factory(),
                            new FakeDeadLetterStore.Config(),
                            DeadLetterPolicy.builder()
                                    .original(DeadLetterPolicy.Original.CLEAR)
                                    .build())
                    .batch(BatchConfig.builder()
                            .maxRecords(1 + random.nextInt(12))
                            .maxWait(Duration.ZERO)
                            .build())
                    .retry(RetryConfig.builder()
                            .initialDelay(Duration.ofNanos(1000))
                            .maxDelay(Duration.ofNanos(2000))
                            .build())
                    .build();
        }

        private static List<EtlRecord> step(EtlRecord record) {
            if (hopeless(record.key().id())) {
                throw new RejectedException("still_bad", "as planned");
            }
            return List.of(record);
        }

        void runAndCheck() throws InterruptedException {
            IntStream.range(0, letters).forEach(number -> box.put(letter(number)));
            for (int round = 0; round < 4; round++) {
                trouble = random.nextInt(3) * 0.2;
                fatal = random.nextInt(3) * 0.05;
                stop = random.nextInt(3) * 0.05;
                Pipeline pipeline = pipeline();
                try (ReplayRun one = pipeline.replay(ReplaySelection.all())) {
                    current.set(one);
                    if (round == 2) {
                        try (ReplayRun other = pipeline.replay(ReplaySelection.all())) {
                            check(other.await());
                        }
                    }
                    check(one.await());
                }
                current.set(null);
                checkNothingIsLost();
            }
            trouble = 0;
            fatal = 0;
            stop = 0;
            RunReport last = pipeline().replay(ReplaySelection.all()).await();
            assertThat(last.failure()).isEmpty();
            checkNothingIsLost();
            assertThat(box.ids()).allMatch(Schedule::hopeless);
            assertThat(box.letters())
                    .allSatisfy(stored ->
                            assertThat(stored.letter().rejection().reason()).isEqualTo("still_bad"));
            assertThat(box.open).hasValue(0);
        }

        private static void check(RunReport report) {
            assertThat(report.inFlight()).isZero();
        }

        private void checkNothingIsLost() {
            assertThat(sink.rows).as("no row is there twice").doesNotHaveDuplicates();
            assertThat(sink.rows).hasSameSizeAs(sink.ledger);
            Set<String> kept = Set.copyOf(box.ids());
            Set<String> lost = IntStream.range(0, letters)
                    .mapToObj(Integer::toString)
                    .filter(id -> !kept.contains(id) && !sink.ledger.contains(id))
                    .collect(Collectors.toSet());
            assertThat(lost).isEmpty();
        }

        private static DeadLetter letter(int number) {
            return new DeadLetter(
                    "test",
                    new RecordKey(Integer.toString(number), Instant.EPOCH.plusSeconds(number / 3)),
                    Stage.SINK,
                    Optional.empty(),
                    Rejection.of("bad", "as planned"),
                    1,
                    Instant.EPOCH.plusSeconds(100),
                    new DeadLetter.Clear(Value.of("{\"n\":" + number + "}"), Map.of()));
        }
    }
}
