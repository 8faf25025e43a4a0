package io.etlkit.source.sqs.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsDeadLetterConfig;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sink wrote to a queue is read as a source: each message becomes one row. */
@ExtendWith(SqsExtension.class)
@Timeout(90)
class ReadDeadLettersTest {
    private static final int MESSAGES = 12;

    private final FakeSink table = new FakeSink();

    private PipelineBuilder from(TestQueue queue) {
        return Pipeline.builder("logins")
                .source(SqsPlugin.sqs(), DeadLetterQueues.source(DeadLetterQueues.config(queue)))
                .sink(table.factory(), new NoConfig())
                .untilIdle(Duration.ofSeconds(2));
    }

    private RunReport deadLetter(TestQueue queue, TestQueue deadLetters) throws InterruptedException {
        queue.send(IntStream.range(0, MESSAGES)
                .mapToObj(number -> "{\"n\":" + number + "}")
                .toList());
        SqsDeadLetterConfig kept = DeadLetterQueues.config(deadLetters);
        DeadLetterPolicy clear = DeadLetterPolicy.builder()
                .original(DeadLetterPolicy.Original.CLEAR)
                .build();
        table.refuse(record -> Optional.of(Rejection.of("refused", "refused for now")));
        RunReport report = from(queue)
                .deadLetters(SqsPlugin.deadLetters(), kept, clear)
                .build()
                .start()
                .await();
        table.refuse(record -> Optional.empty());
        assertThat(report.deadLettered()).isEqualTo(MESSAGES);
        return report;
    }

    private RunReport read(TestQueue deadLetters) throws InterruptedException {
        RunReport report = from(deadLetters)
                .decode(DecodeConfig.builder()
                        .format(DecodeConfig.Format.DEAD_LETTER)
                        .build())
                .build()
                .start()
                .await();
        assertThat(report.failure()).isEmpty();
        return report;
    }

    @Test
    void eachDeadLetterBecomesOneRowWithItsFirstKey(TestQueue queue, @QueueSettings TestQueue deadLetters)
            throws InterruptedException {
        deadLetter(queue, deadLetters);

        assertThat(read(deadLetters).written()).isEqualTo(MESSAGES);

        assertThat(table.bodies()).hasSize(MESSAGES).doesNotHaveDuplicates().contains("{\"n\":7}");
        assertThat(table.records())
                .allSatisfy(record -> assertThat(record.headers())
                        .containsEntry("messageId", Value.of(record.key().id())));
        assertThat(deadLetters.depth()).isZero();
    }

    /** As after a kill between commit and delete, whose dead letters become visible again. */
    @Test
    void aSecondDeliveryOfADeadLetterIsADuplicate(
            TestQueue queue, @QueueSettings(visibilityTimeoutSeconds = 3) TestQueue deadLetters)
            throws InterruptedException {
        deadLetter(queue, deadLetters);
        var undeleted = deadLetters.receive(MESSAGES);
        undeleted.forEach(message -> deadLetters.send(message.body()));
        read(deadLetters);

        assertThat(table.records()).hasSize(MESSAGES);
        assertThat(table.records().stream().map(EtlRecord::key).distinct()).hasSize(MESSAGES);
        assertThat(deadLetters.depth()).isZero();
    }
}
