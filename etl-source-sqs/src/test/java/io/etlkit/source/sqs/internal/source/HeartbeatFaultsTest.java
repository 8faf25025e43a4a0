package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Fault.EntryFailure;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heartbeat through the whole engine, over sockets. */
@Timeout(90)
class HeartbeatFaultsTest {
    private static final int MANY = 5_000;
    private static final int FEW = 25;

    @Test
    void neverFiresWhileTheSinkIsFast() throws InterruptedException {
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, Duration.ofMinutes(2))) {
            pipeline.send(MANY);
            pipeline.start(builder -> builder.lanes(2));

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.counted("sqs.heartbeats")).isZero();
            assertThat(pipeline.server().calls(SqsAction.CHANGE_MESSAGE_VISIBILITY_BATCH))
                    .isZero();
            assertThat(pipeline.books().redelivered()).isZero();
        }
    }

    @Test
    void keepsHeldMessagesHiddenWhileItsOwnCallsFailNowAndThen() throws InterruptedException {
        AtomicBoolean down = new AtomicBoolean(true);
        try (StubPipeline pipeline = new StubPipeline(HttpClient.CRT, Duration.ofSeconds(10))) {
            pipeline.table().beforeWrite(batch -> {
                if (down.get()) {
                    throw new TransientException("the database is away");
                }
            });
            pipeline.faults(nowAndThen());
            pipeline.send(FEW);
            pipeline.start();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(pipeline.counted("sqs.heartbeats")).isGreaterThanOrEqualTo(3 * FEW));
            down.set(false);

            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.books().expired()).isZero();
            assertThat(pipeline.books().redelivered()).isZero();
        }
    }

    /** Of four changes of visibility one is throttled, one fails in half, one is lost, and one goes well. */
    private static Faults nowAndThen() {
        List<Fault> inTurn = List.of(
                new Fault.Refusal(400, "ThrottlingException"),
                new Fault.FailedEntries(List.of(
                        new EntryFailure(0, "InternalError", false), new EntryFailure(2, "InternalError", false))),
                new Fault.HangUp(true),
                new Fault.None());
        return (action, call) -> action == SqsAction.CHANGE_MESSAGE_VISIBILITY_BATCH
                ? inTurn.get((int) (call % inTurn.size()))
                : new Fault.None();
    }
}
