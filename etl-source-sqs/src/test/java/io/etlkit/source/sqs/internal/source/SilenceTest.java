package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes a call and never answers it. Both HTTP clients wait out their timeouts at the same time. */
@Timeout(120)
class SilenceTest {
    private static final int MESSAGES = 40;

    private final List<StubPipeline> pipelines = new ArrayList<>();

    @AfterEach
    void close() {
        pipelines.forEach(StubPipeline::close);
    }

    private void startEach(Duration visibility, Faults faults) {
        for (HttpClient client : HttpClient.values()) {
            StubPipeline pipeline = new StubPipeline(client, visibility);
            pipelines.add(pipeline);
            pipeline.faults(faults);
            pipeline.send(MESSAGES);
            pipeline.start();
        }
    }

    @Test
    void receivesThatAreNeverAnsweredAreSentAgainAndWhatTheyHidComesAgain() throws InterruptedException {
        // One receive is open at first, so nothing else comes until its timeout.
        startEach(Duration.ofSeconds(12), Faults.first(SqsAction.RECEIVE_MESSAGE, new Fault.Silence(true)));

        for (StubPipeline pipeline : pipelines) {
            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.books().redelivered()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void deletesThatAreNeverAnsweredAreSentAgainInTime() throws InterruptedException {
        startEach(
                Duration.ofMinutes(2),
                Faults.first(SqsAction.DELETE_MESSAGE_BATCH, new Fault.Silence(false), new Fault.Silence(true)));

        for (StubPipeline pipeline : pipelines) {
            assertThat(pipeline.everythingArrivesOnce().duplicate()).isZero();
            assertThat(pipeline.books().redelivered()).isZero();
            assertThat(pipeline.books().doubleDeletes()).as("the second one").isPositive();
            assertThat(pipeline.counted("sqs.deletes")).isEqualTo(MESSAGES);
        }
    }
}
