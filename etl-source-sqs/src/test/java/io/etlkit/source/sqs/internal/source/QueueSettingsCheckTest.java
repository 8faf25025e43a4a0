package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.StartupException;
import io.etlkit.engine.Pipeline;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.client.SqsQueue.Attributes;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What the log says of a queue's settings, word for word. */
@ExtendWith(SqsExtension.class)
@Timeout(60)
class QueueSettingsCheckTest {
    private static final String QUEUE = "SQS queue logins in us-east-1";

    private final TestContext context = TestContext.defaults().withOnReject(RejectPolicy.DEAD_LETTER);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SqsConnection.LOGGER);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private static Attributes attributes(int visibilitySeconds, OptionalInt maxReceiveCount) {
        return new Attributes(Duration.ofSeconds(visibilitySeconds), maxReceiveCount, 0, 262_144);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void nothingIsSaidOfAQueueThatIsSetUpWell() {
        QueueSettingsCheck.check(attributes(120, OptionalInt.of(5)), QUEUE, context);

        assertThat(lines()).isEmpty();
    }

    @Test
    void warnsOfAShortVisibilityTimeout() {
        QueueSettingsCheck.check(attributes(119, OptionalInt.of(5)), QUEUE, context);

        assertThat(lines())
                .containsExactly(
                        "WARN the SQS queue logins in us-east-1 has a visibility timeout of 119 s; it is extended while"
                                + " messages are in flight, but a short pause of this process may have them delivered"
                                + " twice; set it to 120 s or more");
    }

    @Test
    void warnsOfARedrivePolicyThatMovesMessagesAtOnce() {
        QueueSettingsCheck.check(attributes(120, OptionalInt.of(1)), QUEUE, context);

        assertThat(lines())
                .containsExactly("WARN the redrive policy of the SQS queue logins in us-east-1 has maxReceiveCount 1: a"
                        + " message that was received once and not deleted, as after a crash, a lost answer or the end of"
                        + " a run, moves to the queue's own dead-letter queue unprocessed; set it to 5 or more");
    }

    @Test
    void warnsOfRejectsThatEndEachRunWhereThereIsNoRedrivePolicy() {
        QueueSettingsCheck.check(attributes(120, OptionalInt.empty()), QUEUE, context.withOnReject(RejectPolicy.FAIL));

        assertThat(lines())
                .containsExactly("WARN onReject is fail, and the SQS queue logins in us-east-1 has no redrive policy: a"
                        + " message that is rejected comes again and ends each run until somebody removes it; give the"
                        + " queue a RedrivePolicy, or the pipeline a deadLetter block");
    }

    @Test
    void mentionsThatThereIsNoRedrivePolicyWhereRejectsAreKept() {
        QueueSettingsCheck.check(attributes(120, OptionalInt.empty()), QUEUE, context);

        assertThat(lines())
                .containsExactly("INFO the SQS queue logins in us-east-1 has no redrive policy: a message that crashes"
                        + " the process comes again until its retention period is over");
    }

    @Test
    void refusesAQueueThatHidesNothing() {
        assertThatThrownBy(() -> QueueSettingsCheck.check(attributes(0, OptionalInt.of(5)), QUEUE, context))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "the SQS queue logins in us-east-1 has a visibility timeout of 0 s, so every message would be"
                                + " delivered again while it is processed; set the queue's VisibilityTimeout to 120 or more");
    }

    @Test
    void saysEachThingOnceForAPipelineOfThreeLanes(
            @QueueSettings(visibilityTimeoutSeconds = 60, maxReceiveCount = 1) TestQueue queue)
            throws InterruptedException {
        Pipeline.builder("three-lanes")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue, HttpClient.CRT))
                .sink(new FakeSink().factory(), new NoConfig())
                .lanes(3)
                .untilIdle(Duration.ofSeconds(1))
                .build()
                .start()
                .await();

        assertThat(lines())
                .filteredOn(line -> line.contains("has a visibility timeout of 60 s"))
                .hasSize(1);
        assertThat(lines())
                .filteredOn(line -> line.contains("maxReceiveCount 1"))
                .hasSize(1);
    }
}
