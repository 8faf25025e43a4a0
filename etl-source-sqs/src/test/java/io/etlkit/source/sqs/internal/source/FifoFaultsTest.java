package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.TransientException;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order within groups when something passes fails: the sink now and then, or the way of an answer. */
@ExtendWith(SqsExtension.class)
@Timeout(60)
class FifoFaultsTest {
    private static final int GROUPS = 4;
    private static final int MESSAGES = 25;

    private final FakeSink table = new FakeSink();

    private static String body(int group, int number) {
        return "{\"group\":%d,\"n\":%d}".formatted(group, number);
    }

    private static List<String> bodies(int group) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(number -> body(group, number))
                .toList();
    }

    private static void send(TestQueue queue) {
        for (int group = 0; group < GROUPS; group++) {
            queue.sendToGroup("g" + group, bodies(group));
        }
    }

    private PipelineBuilder pipeline(SqsSourceConfig config) {
        return Pipeline.builder("fifo")
                .source(SqsPlugin.sqs(), config)
                .sink(table.factory(), new NoConfig())
                .lanes(2)
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(5))
                        .maxDelay(Duration.ofMillis(20))
                        .build())
                .untilIdle(Duration.ofSeconds(2));
    }

    private void assertEachGroupIsWrittenInOrder(TestQueue queue, RunReport report) {
        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(GROUPS * MESSAGES);
        for (int group = 0; group < GROUPS; group++) {
            String start = "{\"group\":" + group + ",";
            assertThat(table.bodies())
                    .filteredOn(body -> body.startsWith(start))
                    .isEqualTo(bodies(group));
        }
        assertThat(queue.depth()).isZero();
    }

    @Test
    void aSinkThatFailsNowAndThenChangesNoOrder(@QueueSettings(fifo = true) TestQueue queue)
            throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        table.beforeWrite(batch -> {
            if (writes.incrementAndGet() % 3 != 0) {
                throw new TransientException("away for a moment");
            }
        });
        send(queue);

        RunReport report = pipeline(SourceOverElasticMq.config(queue, HttpClient.CRT))
                .batch(BatchConfig.builder()
                        .maxRecords(7)
                        .maxWait(Duration.ofMillis(20))
                        .maxCharacters(1_000_000)
                        .build())
                .build()
                .start()
                .await();

        assertEachGroupIsWrittenInOrder(queue, report);
        assertThat(writes.get()).isGreaterThan(GROUPS * MESSAGES / 7);
    }

    /** Without {@code ReceiveRequestAttemptId} the groups of the lost answer would stay locked for two minutes. */
    @ParameterizedTest
    @EnumSource
    void aReceiveWhoseAnswerIsLostIsRetriedAsTheSameAttemptAndGetsTheSameMessages(
            HttpClient client, @QueueSettings(fifo = true) TestQueue queue) throws InterruptedException, IOException {
        send(queue);
        try (AnswerLosingProxy proxy = new AnswerLosingProxy(queue.endpoint(), "ReceiptHandle", 1)) {
            RunReport report = pipeline(SourceOverElasticMq.config(queue.name(), proxy.endpoint(), client))
                    .build()
                    .start()
                    .await();

            assertThat(proxy.lost()).isEqualTo(1);
            assertEachGroupIsWrittenInOrder(queue, report);
        }
    }
}
