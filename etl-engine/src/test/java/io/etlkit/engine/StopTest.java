package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.StartupException;
import io.etlkit.api.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopTest extends PipelineFixture {
    private static final String SECRET = "alice@example.org";

    @Test
    void aStopFinishesAndSettlesTheBatchInHandAndPollsNoMore() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        sink.before = batch -> {
            writing.countDown();
            goOn.await();
        };
        source.addNumbered(15);
        PipelineRun run = pipeline()
                .batch(BatchConfig.builder()
                        .maxRecords(10)
                        .maxWait(Duration.ofMillis(1))
                        .build())
                .build()
                .start();
        writing.await();

        run.stop();
        assertThat(run.state()).isEqualTo(PipelineRun.State.DRAINING);
        goOn.countDown();
        RunReport report = run.await();
        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(10);
        assertThat(source.done).hasSize(10);
        assertThat(source.waiting).hasSize(5);
    }

    @Test
    void aWriteThatHangsIsEndedWhenTheDrainTimeoutPasses() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        sink.instead = new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                writing.countDown();
                // As a socket does: an interrupt does not end it, close() does.
                boolean interrupted = false;
                while (closed.getCount() > 0) {
                    try {
                        closed.await();
                    } catch (InterruptedException ignored) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("socket closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        source.addNumbered(3);
        PipelineRun run = pipeline().drainTimeout(Duration.ZERO).build().start();
        writing.await();
        run.stop();
        RunReport report = run.await();

        assertThat(report.failure())
                .contains(
                        "the drain was not over after 0 ms; calls that hang are ended, and what is in flight is given back");
        assertThat(report.released()).isEqualTo(3);
        assertThat(source.released)
                .hasSize(3)
                .allSatisfy((delivery, delay) -> assertThat(delay).isZero());
    }

    @Test
    void aPollThatHangsIsEndedWhenTheDrainTimeoutPasses() throws Exception {
        CountDownLatch polling = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        source.beforePoll = () -> {
            polling.countDown();
            never.await();
        };
        PipelineRun run = pipeline().drainTimeout(Duration.ZERO).build().start();
        polling.await();
        run.stop();

        assertThat(run.await().failure()).isPresent();
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void aSourceThatHandsOverMoreThanAskedForIsFatal() throws Exception {
        source.handsOverTooMuch = true;
        source.addNumbered(3);
        RunReport report = run(pipeline().limit(2));

        assertThat(report.failure())
                .contains("source fake handed over 3 records when asked for at most 2; this is a bug of that plugin");
        assertThat(report.released()).isEqualTo(3);
    }

    @Test
    void aSourceThatRejectsIsFatal() throws Exception {
        source.beforePoll = () -> {
            throw new RejectedException("no_access", "the queue may not be read");
        };

        assertThat(run(pipeline()).failure())
                .contains("source fake can not hand over records: no_access: the queue may not be read");
    }

    @Test
    void aSourceThatNamesADeliveryTwiceIsFatal() throws Exception {
        source.waiting.add(source.add("{}"));
        RunReport report = run(pipeline());

        assertThat(report.failure())
                .contains("the source handed over the same delivery twice; each needs a name of its own");
    }

    @Test
    void aLaneThatFailsStopsTheOthersAndLeavesWhatItHeldToLapse() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        sink.before = batch -> {
            if (writes.getAndIncrement() == 3) {
                throw new IllegalStateException("key (email)=(" + SECRET + ") already exists");
            }
        };
        source.neverDrained = true;
        source.addNumbered(100);
        RunReport report = run(pipeline()
                .lanes(2)
                .batch(BatchConfig.builder()
                        .maxRecords(5)
                        .maxWait(Duration.ofMillis(1))
                        .build()));

        assertThat(report.failure().orElseThrow())
                .startsWith(
                        "sink fake failed unexpectedly: java.lang.IllegalStateException at io.etlkit.engine.StopTest")
                .doesNotContain(SECRET);
        assertThat(report.released()).isEqualTo(5);
        assertThat(source.inFlight).hasSize(5);
        assertThat(report.written()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void anErrorOutOfAStepIsFatal() throws Exception {
        source.addNumbered(2);
        RunReport report = run(pipelineWithDeadLetters()
                .transform(FakeTransform.of("huge", record -> {
                            throw new StackOverflowError(SECRET);
                        })
                        .step()));

        assertThat(report.failure().orElseThrow())
                .startsWith("java.lang.StackOverflowError at ")
                .doesNotContain(SECRET);
        assertThat(deadLetters.letters).isEmpty();
    }

    @Test
    void whatCanNotStartEndsThePipelineWithItsMessageBeforeAnythingIsPolled() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SinkFactory<FakeSink.Config> factory =
                SinkFactory.of("strict", "Fails.", FakeSink.Config.class, (c, context) -> {
                    if (context.lane() == 1) {
                        throw new StartupException("sink strict: there is no table \"logins\"; create it");
                    }
                    made.incrementAndGet();
                    return sink.factory().create(c, context);
                });
        source.addNumbered(3);
        RunReport report = run(pipeline().lanes(3).sink(factory, new FakeSink.Config()));

        assertThat(report.failure()).contains("sink strict: there is no table \"logins\"; create it");
        assertThat(report.received()).isZero();
        assertThat(source.asked).isEmpty();
        assertThat(sink.closed).hasValue(made.get());
    }

    @Test
    void aSinkThatForgetsADeliveryIsFatal() throws Exception {
        sink.instead = new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                return new WriteResult(Set.of(batch.get(0).delivery()), Set.of(), Map.of());
            }

            @Override
            public void close() {}
        };
        source.addNumbered(2);
        RunReport report = run(pipeline());

        assertThat(report.failure())
                .contains(
                        "sink fake: its answer to a write does not name each delivery of the batch exactly once; this is"
                                + " a bug of that plugin");
        assertThat(source.done).isEmpty();
    }

    @Test
    void aSourceThatFailsToCloseFailsTheRun() throws Exception {
        source.onClose = () -> {
            throw new IllegalStateException(SECRET);
        };
        source.addNumbered(1);
        RunReport report = run(pipeline());

        assertThat(report.failure().orElseThrow())
                .startsWith("source fake failed to close: java.lang.IllegalStateException at ")
                .doesNotContain(SECRET);
        assertThat(report.written()).isEqualTo(1);
    }

    @Test
    void aSettlementThatFailsIsFatalButWhatIsWrittenCountsAsWritten() throws Exception {
        source.beforeSettle = () -> {
            throw new IllegalStateException(SECRET);
        };
        source.addNumbered(4);
        RunReport report = run(pipeline());

        assertThat(report.failure().orElseThrow()).startsWith("source fake failed unexpectedly: ");
        assertThat(report.written()).isEqualTo(4);
    }
}
