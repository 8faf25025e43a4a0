package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Receives that go wrong on the wire, and what became of the messages that they were about to bring. */
@Timeout(90)
class ReceiveFaultsTest {
    private static final int MESSAGES = 40;

    /** Longer than any of these tests takes. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** What the answers of lost receives hid is shown again soon. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    static Stream<Arguments> refused() {
        return Stream.concat(StubPipeline.refusals(), StubPipeline.eachClientWith(new Fault.HangUp(false)));
    }

    static Stream<Arguments> carriedOut() {
        return StubPipeline.eachClientWith(
                new Fault.HangUp(true), new Fault.CutAnswer(true), new Fault.CutAnswer(false), new Fault.WrongMd5());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsAskedForAgainAndEachMessageIsReceivedOnce(HttpClient client, Fault fault)
            throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(client, LONG)) {
            pipeline.send(MESSAGES);
            // More than the SDK's own three tries, so that the source meets it too.
            pipeline.faults(Faults.first(SqsAction.RECEIVE_MESSAGE, fault, fault, fault, fault));
            pipeline.start();

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.counted("sqs.receives.failed")).isPositive();
            assertThat(pipeline.books().redelivered()).isZero();
            assertThat(pipeline.books().doubleDeletes() + pipeline.books().staleDeletes())
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("carriedOut")
    void whatAnUnusableAnswerHeldIsNotHandedOverAndComesAgainAfterItsVisibilityTimeout(HttpClient client, Fault fault)
            throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(client, SHORT)) {
            pipeline.send(MESSAGES);
            pipeline.faults(Faults.first(SqsAction.RECEIVE_MESSAGE, fault));
            pipeline.start();

            pipeline.everythingArrivesOnce();

            assertThat(pipeline.books().redelivered()).as("the first ten").isGreaterThanOrEqualTo(10);
            assertThat(pipeline.books().expired()).isGreaterThanOrEqualTo(10);
        }
    }
}
