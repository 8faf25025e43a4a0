package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.Value;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A sink that is away for longer than the queue hides messages: they are held, and never delivered again. */
@ExtendWith(SqsExtension.class)
@Timeout(90)
class OutageTest {
    private static final int VISIBILITY = 4;
    private static final int MESSAGES = 25;

    /** A message is kept hidden at half its time, so three visibility timeouts take six of these and one to spare. */
    private static final int HEARTBEATS = 7;

    private final FakeSink table = new FakeSink();
    private final AtomicBoolean down = new AtomicBoolean(true);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double heartbeats() {
        return registry.find("etl.sqs.heartbeats").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double holding() {
        return registry.get("etl.holding").gauge().value();
    }

    @Test
    void messagesAreHeldThroughAnOutageOfThreeVisibilityTimeouts(
            @QueueSettings(visibilityTimeoutSeconds = VISIBILITY, maxReceiveCount = 2) TestQueue queue)
            throws InterruptedException {
        table.beforeWrite(batch -> {
            if (down.get()) {
                throw new TransientException("the database is away");
            }
        });
        for (int i = 0; i < MESSAGES; i++) {
            queue.send("{\"n\":" + i + "}");
        }
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger engine = (Logger) LoggerFactory.getLogger("io.etlkit.engine.Pipeline");
        log.start();
        engine.setLevel(Level.INFO);
        engine.addAppender(log);
        long start = System.nanoTime();
        RunReport report;
        try (PipelineRun run = Pipeline.builder("outage")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue, HttpClient.CRT))
                .sink(table.factory(), new NoConfig())
                .meterRegistry(registry)
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(20))
                        .maxDelay(Duration.ofMillis(200))
                        .build())
                .untilIdle(Duration.ofSeconds(2))
                .build()
                .start()) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(heartbeats()).isGreaterThan(HEARTBEATS * MESSAGES));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3 * VISIBILITY));
            assertThat(run.state()).isEqualTo(State.HOLDING);
            assertThat(holding()).isEqualTo(1);

            down.set(false);
            await("it goes on").until(() -> run.state() == State.RUNNING && holding() == 0);
            report = run.await();
        } finally {
            engine.detachAppender(log);
            engine.setLevel(null);
        }

        assertThat(report.failure()).isEmpty();
        assertThat(report.received()).isEqualTo(MESSAGES);
        assertThat(report.written()).isEqualTo(MESSAGES);
        assertThat(report.released()).isZero();
        assertThat(table.records())
                .hasSize(MESSAGES)
                .allSatisfy(record -> assertThat(record.headers()).containsEntry("receiveCount", Value.of(1)));
        assertThat(queue.depth()).isZero();
        assertThat(queue.deadLetterQueue().depth()).isZero();
        assertThat(lines(log, "holding: ")).hasSize(1);
        assertThat(lines(log, "resumed after ")).hasSize(1);
    }

    private static List<String> lines(ListAppender<ILoggingEvent> log, String prefix) {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith(prefix))
                .toList();
    }
}
