package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Fault.EntryFailure;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Deletes that go wrong on the wire: what is durable is deleted in the end, and is never a second row. */
@Timeout(90)
class DeleteFaultsTest {
    private static final int MESSAGES = 40;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(3);

    static Stream<Arguments> notCarriedOut() {
        return Stream.concat(
                StubPipeline.refusals(),
                StubPipeline.eachClientWith(new Fault.HangUp(false), failing(10, "InternalError", false)));
    }

    static Stream<Arguments> carriedOut() {
        return StubPipeline.eachClientWith(
                new Fault.HangUp(true), new Fault.CutAnswer(true), new Fault.CutAnswer(false));
    }

    private static Fault failing(int entries, String code, boolean senderFault) {
        return new Fault.FailedEntries(IntStream.range(0, entries)
                .mapToObj(position -> new EntryFailure(position, code, senderFault))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("notCarriedOut")
    void deletesThatFailAreSentAgainUntilEachMessageIsDeletedOnce(HttpClient client, Fault fault)
            throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(client, LONG)) {
            pipeline.send(MESSAGES);
            pipeline.faults(Faults.first(SqsAction.DELETE_MESSAGE_BATCH, fault, fault, fault, fault, fault, fault));
            pipeline.start();

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.counted("sqs.deletes")).isEqualTo(MESSAGES);
            assertThat(pipeline.counted("sqs.deletes.failed")).isZero();
            assertThat(pipeline.books().redelivered()).isZero();
            assertThat(pipeline.books().doubleDeletes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("carriedOut")
    void aDeleteWhoseAnswerIsLostIsSentAgainToNoEffect(HttpClient client, Fault fault) throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(client, LONG)) {
            pipeline.send(10);
            pipeline.faults(Faults.first(SqsAction.DELETE_MESSAGE_BATCH, fault));
            pipeline.start();
            pipeline.awaitCalls(SqsAction.DELETE_MESSAGE_BATCH, 2);

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.books().doubleDeletes()).isEqualTo(10);
            assertThat(pipeline.books().redelivered()).isZero();
            assertThat(pipeline.counted("sqs.deletes")).isEqualTo(10);
        }
    }

    @Test
    void theRetryOfALostDeleteThatMeetsStaleReceiptsIsCountedAndEnds() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, LONG)) {
            pipeline.send(10);
            pipeline.faults(Faults.first(
                    SqsAction.DELETE_MESSAGE_BATCH,
                    new Fault.HangUp(true),
                    failing(10, "ReceiptHandleIsInvalid", true)));
            pipeline.start();
            await("all are counted")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pipeline.counted("sqs.receipts.stale") == 10);

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.server().calls(SqsAction.DELETE_MESSAGE_BATCH)).isEqualTo(2);
        }
    }

    @Test
    void onlyWhatIsNotTheSendersFaultIsSentAgain() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, LONG)) {
            pipeline.send(10);
            pipeline.faults(Faults.first(
                    SqsAction.DELETE_MESSAGE_BATCH,
                    new Fault.FailedEntries(List.of(
                            new EntryFailure(1, "InternalError", false),
                            new EntryFailure(2, "InternalError", false),
                            new EntryFailure(4, "ReceiptHandleIsInvalid", true),
                            new EntryFailure(6, "UnsupportedOperation", true)))));
            pipeline.start();
            await("the two are sent again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pipeline.counted("sqs.deletes") == 8);
            pipeline.run().stop();
            RunReport report = pipeline.run().await();

            assertThat(report.failure()).isEmpty();
            assertThat(report.written()).isEqualTo(10);
            assertThat(pipeline.counted("sqs.receipts.stale")).isEqualTo(1);
            assertThat(pipeline.counted("sqs.deletes.failed")).isEqualTo(1);
            assertThat(pipeline.books().deleted()).isEqualTo(8);
            assertThat(pipeline.books().doubleDeletes()).isZero();
            assertThat(pipeline.books().inFlight())
                    .as("these two come again when their time is over")
                    .isEqualTo(2);
        }
    }

    @Test
    void whatCouldNotBeDeletedComesAgainAndIsRecognised() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, SHORT)) {
            pipeline.send(10);
            pipeline.faults(Faults.first(
                    SqsAction.DELETE_MESSAGE_BATCH,
                    new Fault.FailedEntries(List.of(
                            new EntryFailure(4, "ReceiptHandleIsInvalid", true),
                            new EntryFailure(6, "UnsupportedOperation", true)))));
            pipeline.start();

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isGreaterThanOrEqualTo(2);
            assertThat(pipeline.books().redelivered()).isGreaterThanOrEqualTo(2);
        }
    }
}
