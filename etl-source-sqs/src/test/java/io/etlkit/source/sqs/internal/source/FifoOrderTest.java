package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.DeadLetterPolicy.Original;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.FakeDeadLetterSink;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole engine over a FIFO queue of a real server, with a message in the middle of a group that is rejected. */
@ExtendWith(SqsExtension.class)
@Timeout(60)
class FifoOrderTest {
    private static final int GROUPS = 4;
    private static final int MESSAGES = 15;
    private static final int BAD = 7;

    private final FakeSink table = new FakeSink();
    private final FakeDeadLetterSink deadLetters = new FakeDeadLetterSink();

    private static void send(TestQueue queue) {
        for (int group = 0; group < GROUPS; group++) {
            String name = "g" + group;
            queue.sendToGroup(
                    name,
                    IntStream.rangeClosed(1, MESSAGES)
                            .mapToObj(number -> "{\"group\":\"%s\",\"n\":%d}".formatted(name, number))
                            .toList());
        }
    }

    private PipelineBuilder pipeline(TestQueue queue) {
        return Pipeline.builder("fifo")
                .source(SqsPlugin.sqs(), SourceOverElasticMq.config(queue, HttpClient.CRT))
                .sink(table.factory(), new NoConfig())
                .lanes(2)
                .untilIdle(Duration.ofSeconds(2));
    }

    private static Value field(EtlRecord record, String name) {
        return ((ObjectValue) record.body()).get(name).orElseThrow();
    }

    private static boolean isBad(EtlRecord record) {
        return field(record, "group").equals(Value.of("g1"))
                && field(record, "n").equals(Value.of(BAD));
    }

    private static Optional<Rejection> refusal(boolean refused) {
        return refused ? Optional.of(Rejection.of("too_long", "by the table")) : Optional.empty();
    }

    private List<Value> written(int group) {
        return table.records().stream()
                .filter(record -> field(record, "group").equals(Value.of("g" + group)))
                .map(record -> field(record, "n"))
                .toList();
    }

    private static List<Value> numbers(IntStream numbers) {
        return numbers.mapToObj(number -> Value.of(number)).toList();
    }

    private void assertThatOtherGroupsAreWrittenInOrder() {
        IntStream.range(0, GROUPS)
                .filter(group -> group != 1)
                .forEach(group -> assertThat(written(group)).isEqualTo(numbers(IntStream.rangeClosed(1, MESSAGES))));
    }

    @Test
    void theRestOfAGroupIsWrittenOnceTheRejectedOneIsADeadLetter(@QueueSettings(fifo = true) TestQueue queue)
            throws InterruptedException {
        List<String> overtaking = new CopyOnWriteArrayList<>();
        table.refuse(record -> refusal(isBad(record)));
        table.beforeWrite(batch -> batch.stream()
                .filter(record -> field(record, "group").equals(Value.of("g1")))
                .filter(record -> deadLetters.letters().isEmpty() && written(1).size() >= BAD)
                .forEach(record -> overtaking.add(record.key().id())));
        send(queue);
        RunReport report = pipeline(queue)
                .deadLetters(
                        deadLetters.factory(),
                        new NoConfig(),
                        DeadLetterPolicy.builder().original(Original.OMIT).build())
                .build()
                .start()
                .await();

        assertThat(report.failure()).isEmpty();
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(overtaking).isEmpty();
        assertThat(written(1))
                .isEqualTo(numbers(IntStream.rangeClosed(1, MESSAGES).filter(number -> number != BAD)));
        assertThatOtherGroupsAreWrittenInOrder();
        assertThat(queue.depth()).isZero();
    }

    @Test
    void aReleasedMessageComesBackBeforeTheRestOfItsGroup(
            @QueueSettings(fifo = true, maxReceiveCount = 5) TestQueue queue) throws InterruptedException {
        table.refuse(record ->
                refusal(isBad(record) && Value.of(1).equals(record.headers().get("receiveCount"))));
        send(queue);
        RunReport report =
                pipeline(queue).onReject(RejectPolicy.RELEASE).build().start().await();

        assertThat(report.failure()).isEmpty();
        assertThat(report.released()).isPositive();
        assertThat(written(1)).isEqualTo(numbers(IntStream.rangeClosed(1, MESSAGES)));
        assertThatOtherGroupsAreWrittenInOrder();
        assertThat(queue.depth()).isZero();
        assertThat(queue.deadLetterQueue().depth()).isZero();
    }
}
