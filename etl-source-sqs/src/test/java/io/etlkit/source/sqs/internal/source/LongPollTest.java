package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.Source;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.testkit.TestContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long polls, at the end of a run and where the queue hides messages for a short time: nothing is stranded. */
@Timeout(90)
class LongPollTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @ParameterizedTest
    @EnumSource
    void whatAnOpenLongPollBringsWhileTheSourceIsClosedIsGivenBack(HttpClient client) throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(client, LONG)) {
            pipeline.waitTime(Duration.ofSeconds(8));
            Source source = SourceOverElasticMq.open(pipeline.config(), TestContext.defaults());
            pipeline.awaitCalls(SqsAction.RECEIVE_MESSAGE, 1);
            Thread closing = new Thread(() -> close(source), "closing");
            closing.start();
            await("it waits for the poll").until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            pipeline.send(7);
            closing.join();

            assertThat(pipeline.books().received()).isEqualTo(7);
            assertThat(pipeline.books().released()).isEqualTo(7);
            assertThat(pipeline.books().visible()).isEqualTo(7);
            assertThat(pipeline.books().inFlight()).isZero();
        }
    }

    private static void close(Source source) {
        try {
            source.close();
        } catch (Exception unexpected) {
            throw new IllegalStateException("it did not close", unexpected);
        }
    }

    @Test
    void aStopInALongPollEndsTheRunAndStrandsNothing() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, LONG)) {
            pipeline.waitTime(Duration.ofSeconds(4));
            pipeline.start(builder -> builder.lanes(2));
            pipeline.awaitCalls(SqsAction.RECEIVE_MESSAGE, 2);
            pipeline.run().stop();
            await("it drains").until(() -> pipeline.run().state() == State.DRAINING);
            pipeline.send(5);
            RunReport report = pipeline.run().await();

            assertThat(report.failure()).isEmpty();
            assertThat(pipeline.books().deleted()).isEqualTo(report.written());
            assertThat(pipeline.books().visible()).isEqualTo(5 - report.written());
            assertThat(pipeline.books().inFlight()).isZero();
        }
    }

    @Test
    void aStopInABatchFinishesItAndGivesBackWhatWasFetchedAhead() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, LONG)) {
            CountDownLatch writing = new CountDownLatch(1);
            pipeline.table().beforeWrite(batch -> {
                writing.countDown();
                await("it was stopped meanwhile").until(() -> pipeline.run().state() == State.DRAINING);
            });
            pipeline.send(3_000);
            pipeline.start();
            writing.await();
            await("it has fetched ahead").until(() -> pipeline.books().inFlight() > 1_200);
            pipeline.run().stop();
            RunReport report = pipeline.run().await();

            assertThat(report.failure()).isEmpty();
            assertThat(report.written()).isPositive().isLessThan(3_000);
            assertThat(pipeline.table().bodies())
                    .hasSize((int) report.written())
                    .doesNotHaveDuplicates();
            assertThat(pipeline.books().deleted()).isEqualTo(report.written());
            assertThat(pipeline.books().visible()).isEqualTo(3_000 - report.written());
            assertThat(pipeline.books().inFlight()).isZero();
        }
    }

    @Test
    void aMessageThatComesLateInALongPollIsHandedOverThoughTheQueueHidesItForAShorterTime()
            throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, Duration.ofSeconds(4))) {
            pipeline.waitTime(Duration.ofSeconds(20));
            pipeline.start();
            // Polls of 20 s would be two in this time, and what they bring in the end would be seen as lapsed.
            pipeline.awaitCalls(SqsAction.RECEIVE_MESSAGE, 5);
            pipeline.send(5);

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.books().redelivered()).isZero();
            assertThat(pipeline.counted("sqs.lapsed")).isZero();
        }
    }

    @Test
    void aLongPollTakesAQuarterOfTheVisibilityTimeoutAtTheMost() {
        SourceLimits limits = new SourceLimits(1000, 1, 64, Duration.ofSeconds(20));

        assertThat(limits.within(Duration.ofMinutes(2)).longPoll()).hasSeconds(20);
        assertThat(limits.within(Duration.ofSeconds(30)).longPoll()).hasSeconds(7);
        assertThat(limits.within(Duration.ofSeconds(1)).longPoll()).hasSeconds(1);
    }
}
