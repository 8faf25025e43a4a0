package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights, credentials and the queue itself, taken away at the start or while a pipeline runs. */
@Timeout(90)
class AccessFaultsTest {
    private static final int MESSAGES = 30;

    private static final Fault DENIED = new Fault.Refusal(403, "AccessDeniedException");
    private static final Fault EXPIRED = new Fault.Refusal(403, "ExpiredTokenException");
    private static final Fault NO_QUEUE = new Fault.Refusal(400, "QueueDoesNotExist");

    private final StubPipeline pipeline = new StubPipeline(HttpClient.CRT, Duration.ofMinutes(5));

    @AfterEach
    void close() {
        pipeline.close();
    }

    private String queue() {
        return "SQS queue logins in us-east-1 at " + pipeline.server().endpoint();
    }

    /** What it failed with; the log says so once. */
    private String failure() throws InterruptedException {
        RunReport report = pipeline.run().await();
        assertThat(report.inFlight()).isZero();
        return report.failure().orElse("none");
    }

    private void runAndSettle() {
        pipeline.send(MESSAGES);
        pipeline.start();
        await("it runs").until(() -> pipeline.books().deleted() == MESSAGES);
    }

    @ParameterizedTest
    @EnumSource(
            value = SqsAction.class,
            names = {"RECEIVE_MESSAGE", "DELETE_MESSAGE_BATCH"})
    void accessDeniedWhileRunningEndsThePipeline(SqsAction action) throws InterruptedException {
        runAndSettle();
        pipeline.faults(Faults.always(action, DENIED));
        pipeline.send(MESSAGES);

        assertThat(failure())
                .contains("no access to the " + queue())
                .contains("was refused: AccessDeniedException: Refused on purpose.")
                .endsWith("these credentials need sqs:GetQueueUrl, sqs:GetQueueAttributes, sqs:ReceiveMessage,"
                        + " sqs:DeleteMessage and sqs:ChangeMessageVisibility on it, and kms:Decrypt when it is"
                        + " encrypted with a key of yours");
        assertThat(pipeline.books().deleted()
                        + pipeline.books().visible()
                        + pipeline.books().inFlight())
                .as("nothing is lost")
                .isEqualTo(2 * MESSAGES);
    }

    @Test
    void aQueueDeletedWhileRunningEndsThePipeline() throws InterruptedException {
        runAndSettle();
        pipeline.faults(Faults.always(NO_QUEUE));

        assertThat(failure())
                .endsWith("there is no " + queue()
                        + " (ReceiveMessage was refused: QueueDoesNotExist); create it, or fix the source's queue, region or"
                        + " endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ExpiredTokenException", "ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException"})
    void credentialsThatExpireWhileRunningAreWaitedFor(String code) throws InterruptedException {
        runAndSettle();
        pipeline.faults(Faults.always(new Fault.Refusal(403, code)));
        pipeline.send(MESSAGES);
        pipeline.awaitHolding();
        long asked = pipeline.server().calls(SqsAction.RECEIVE_MESSAGE);
        pipeline.awaitCalls(SqsAction.RECEIVE_MESSAGE, asked + 2);

        pipeline.faults(Faults.none());

        assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
        assertThat(pipeline.books().redelivered()).isZero();
    }

    @Test
    void deletesWaitForCredentialsThatExpired() throws InterruptedException {
        pipeline.faults(Faults.always(SqsAction.DELETE_MESSAGE_BATCH, EXPIRED));
        pipeline.send(MESSAGES);
        pipeline.start();
        pipeline.awaitCalls(SqsAction.DELETE_MESSAGE_BATCH, 9);
        assertThat(pipeline.books().deleted()).isZero();

        pipeline.faults(Faults.none());

        assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
        assertThat(pipeline.books().redelivered()).isZero();
        assertThat(pipeline.counted("sqs.deletes.failed")).isZero();
    }

    @Test
    void atTheStartCredentialsThatAreNotValidEndThePipeline() throws InterruptedException {
        pipeline.faults(Faults.always(EXPIRED));
        pipeline.start();

        assertThat(failure())
                .endsWith("no valid credentials for the " + queue()
                        + " (GetQueueAttributes was refused: ExpiredTokenException); set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, AWS_PROFILE or the role of the pod or machine; for a stand-in, the"
                        + " source's accessKeyId and secretAccessKey");
    }

    @Test
    void atTheStartDeniedAccessEndsThePipeline() throws InterruptedException {
        pipeline.faults(Faults.always(DENIED));
        pipeline.start();

        assertThat(failure()).contains("no access to the " + queue() + " (GetQueueAttributes was refused: ");
    }

    @Test
    void aServerThatFailsAtTheStartIsWaitedFor() throws InterruptedException {
        pipeline.faults(Faults.always(new Fault.Refusal(503, "ServiceUnavailable")));
        pipeline.send(MESSAGES);
        pipeline.start();
        pipeline.awaitHolding();

        pipeline.faults(Faults.none());

        pipeline.everythingArrivesOnce();
    }

    @Test
    void aServerThatThrottlesEverythingIsWaitedForAndTheStateSaysSo() throws InterruptedException {
        runAndSettle();
        pipeline.faults(Faults.always(new Fault.Refusal(400, "ThrottlingException")));
        pipeline.awaitHolding();
        pipeline.send(MESSAGES);

        pipeline.faults(Faults.none());
        await("it runs again").until(() -> pipeline.run().state() == State.RUNNING);

        pipeline.everythingArrivesOnce();
    }
}
