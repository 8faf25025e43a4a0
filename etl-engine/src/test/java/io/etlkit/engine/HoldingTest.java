package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.TransientException;
import io.etlkit.engine.PipelineRun.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HoldingTest extends PipelineFixture {
    private final AtomicBoolean down = new AtomicBoolean(true);

    private void failWhileDown() {
        if (down.get()) {
            throw new TransientException("the database is away");
        }
    }

    @Test
    void aBatchIsHeldWhileTheSinkIsAwayAndWrittenWhenItIsBack() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        sink.before = batch -> failWhileDown();
        source.addNumbered(5);
        PipelineRun run = pipeline().meterRegistry(registry).build().start();

        await("several attempts").until(() -> sink.writes.get() > 4);
        assertThat(run.state()).isEqualTo(State.HOLDING);
        assertThat(registry.get("etl.holding").gauge().value()).isEqualTo(1);
        assertThat(registry.get("etl.pipeline.state")
                        .tag("state", "holding")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(run.report().inFlight()).isEqualTo(5);
        assertThat(source.released).isEmpty();

        down.set(false);
        RunReport report = run.await();
        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(5);
    }

    @Test
    void aPollAndATransformAreTriedAgainInPlace() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        AtomicInteger applied = new AtomicInteger();
        source.beforePoll = () -> {
            if (polls.getAndIncrement() % 3 != 2) {
                throw new TransientException("throttled");
            }
        };
        source.addNumbered(4);
        RunReport report = run(pipeline()
                .transform(FakeTransform.of("lookup", record -> {
                            if (applied.getAndIncrement() % 3 != 2) {
                                throw new TransientException("the lookup is away");
                            }
                            return List.of(record);
                        })
                        .step()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(4);
        assertThat(applied).hasValue(12);
    }

    @Test
    void aBatchThatHasBegunDoesNotWaitForASourceThatFails() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        source.beforePoll = () -> {
            if (polls.getAndIncrement() == 1) {
                throw new TransientException("throttled");
            }
        };
        source.addNumbered(1);
        PipelineRun run = pipeline()
                .batch(BatchConfig.builder()
                        .maxRecords(10)
                        .maxWait(Duration.ofHours(1))
                        .build())
                .build()
                .start();

        assertThat(run.await().written()).isEqualTo(1);
    }

    @Test
    void whenAttemptsAreUsedUpThePipelineStopsAndRejectsNothing() throws Exception {
        sink.before = batch -> failWhileDown();
        source.addNumbered(3);
        RunReport report = run(pipelineWithDeadLetters()
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxAttempts(4)
                        .build()));

        assertThat(report.failure())
                .contains("sink fake: gave up after 4 attempts, the most that retry.maxAttempts allows: the database is"
                        + " away");
        assertThat(sink.writes).hasValue(4);
        assertThat(deadLetters.letters).isEmpty();
        assertThat(report.released()).isEqualTo(3);
        assertThat(source.released).as("they lapse").isEmpty();
    }

    @Test
    void aStepHasAsManyAttemptsAsAWrite() throws Exception {
        AtomicInteger applied = new AtomicInteger();
        source.addNumbered(1);
        RunReport report = run(pipelineWithDeadLetters()
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxAttempts(3)
                        .build())
                .transform(FakeTransform.of("lookup", record -> {
                            applied.incrementAndGet();
                            throw new TransientException("the lookup is away");
                        })
                        .step()));

        assertThat(report.failure())
                .contains("transforms[0].lookup: gave up after 3 attempts, the most that retry.maxAttempts allows: the"
                        + " lookup is away");
        assertThat(applied).hasValue(3);
        assertThat(report.released()).isEqualTo(1);
    }

    @Test
    void aStopWhileHoldingTriesOnceMoreAndGivesBackAtOnce() throws Exception {
        sink.before = batch -> failWhileDown();
        source.addNumbered(3);
        PipelineRun run = pipeline()
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMinutes(5))
                        .maxDelay(Duration.ofMinutes(5))
                        .build())
                .build()
                .start();
        await("it holds").until(() -> run.state() == State.HOLDING);

        run.stop();
        RunReport report = run.await();
        assertThat(sink.writes).as("the first and the last try").hasValue(2);
        assertThat(report.failure()).isEmpty();
        assertThat(report.released()).isEqualTo(3);
        assertThat(source.released).hasSize(3).containsEntry(new DeliveryId("d1"), Duration.ZERO);
    }

    @Test
    void theLastTryMaySucceed() throws Exception {
        sink.before = batch -> failWhileDown();
        source.addNumbered(3);
        PipelineRun run = pipeline()
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMinutes(5))
                        .maxDelay(Duration.ofMinutes(5))
                        .build())
                .build()
                .start();
        await("it holds").until(() -> run.state() == State.HOLDING);

        down.set(false);
        run.stop();
        assertThat(run.await().written()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereAtTheStartIsWaitedForAndNothingIsPolledMeanwhile() throws Exception {
        source.addNumbered(3);
        AtomicInteger attempts = new AtomicInteger();
        SinkFactory<FakeSink.Config> factory =
                SinkFactory.of("late", "Comes late.", FakeSink.Config.class, (c, context) -> {
                    attempts.incrementAndGet();
                    failWhileDown();
                    return sink.factory().create(c, context);
                });
        PipelineRun run =
                pipeline().lanes(2).sink(factory, new FakeSink.Config()).build().start();
        await("several attempts").until(() -> attempts.get() > 6);
        assertThat(run.state()).isEqualTo(State.HOLDING);
        assertThat(source.asked).isEmpty();

        down.set(false);
        assertThat(run.await().written()).isEqualTo(3);
    }

    @Test
    void aStopEndsTheWaitAtTheStart() throws Exception {
        SinkFactory<FakeSink.Config> factory =
                SinkFactory.of("late", "Comes late.", FakeSink.Config.class, (c, context) -> {
                    failWhileDown();
                    return sink.factory().create(c, context);
                });
        PipelineRun run =
                pipeline().lanes(2).sink(factory, new FakeSink.Config()).build().start();
        await("it holds").until(() -> run.state() == State.HOLDING);

        run.stop();
        RunReport report = run.await();
        assertThat(report.failure()).isEmpty();
        assertThat(report.received()).isZero();
        assertThat(source.made).hasValue(0);
    }

    @Test
    void aHalfOfABatchThatIsDurableStaysSettledWhenTheOtherHalfIsGivenBack() throws Exception {
        CountDownLatch secondHalf = new CountDownLatch(1);
        sink.before = batch -> {
            if (batch.size() > 2) {
                throw new io.etlkit.api.RejectedException("whole", "refused as a whole");
            }
            if (batch.get(0).delivery().equals(new DeliveryId("d3"))) {
                secondHalf.countDown();
                throw new TransientException("the connection was lost");
            }
        };
        source.addNumbered(4);
        PipelineRun run = pipeline().build().start();
        secondHalf.await();
        run.stop();
        RunReport report = run.await();

        assertThat(report.written()).isEqualTo(2);
        assertThat(report.released()).isEqualTo(2);
        assertThat(source.done).containsOnlyKeys(new DeliveryId("d1"), new DeliveryId("d2"));
        assertThat(source.released).containsOnlyKeys(new DeliveryId("d3"), new DeliveryId("d4"));
    }
}
