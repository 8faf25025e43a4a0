package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;

/** A run until idle ends by the queue's own counts: not while anything is delayed, or with another consumer. */
@ExtendWith(SqsExtension.class)
@Timeout(90)
class BoundedRunTest {
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final FakeSink table = new FakeSink();

    private PipelineRun start(TestQueue queue) {
        return Pipeline.builder("bounded")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue, HttpClient.CRT))
                .sink(table.factory(), new NoConfig())
                .lanes(2)
                .untilIdle(IDLE)
                .build()
                .start();
    }

    @Test
    void messagesThatAreDelayedAreWaitedFor(TestQueue queue) throws InterruptedException {
        queue.send("{\"n\":1}");
        queue.client()
                .sendMessage(request ->
                        request.queueUrl(queue.url()).messageBody("{\"n\":2}").delaySeconds(5));

        assertThat(start(queue).await().written()).isEqualTo(2);
        assertThat(table.bodies()).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(queue.depth()).isZero();
    }

    @Test
    void whatAnotherConsumerHoldsAndLetsLapseIsWaitedFor(@QueueSettings(visibilityTimeoutSeconds = 5) TestQueue queue)
            throws InterruptedException {
        queue.send("{\"n\":1}");
        assertThat(queue.receive(1)).hasSize(1);

        assertThat(start(queue).await().written()).isEqualTo(1);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void aRunGoesOnWhileAnotherConsumerHoldsAMessageAndEndsWhenItIsDone(TestQueue queue) throws InterruptedException {
        queue.send("{\"n\":1}");
        Message held = queue.receive(1).get(0);
        long start = System.nanoTime();
        PipelineRun run = start(queue);
        await().untilAsserted(() -> {
            assertThat(run.state()).isEqualTo(State.RUNNING);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("idle for four times as long as asked for")
                    .isGreaterThan(IDLE.multipliedBy(4));
        });

        queue.client().deleteMessage(request -> request.queueUrl(queue.url()).receiptHandle(held.receiptHandle()));

        assertThat(run.await().received()).isZero();
    }
}
