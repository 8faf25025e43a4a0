package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.Value;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real server, beyond what {@link SqsSourceContractTest} asks of any source. */
@ExtendWith(SqsExtension.class)
@Timeout(60)
class SqsSourceOverElasticMqTest {
    private final TestContext context = TestContext.defaults();

    @Test
    void readsHeadersAndAttributes(TestQueue queue) throws InterruptedException {
        Instant before = Instant.now().minusSeconds(1);
        queue.sendWithAttributes("body", Map.of("tenant", "t1"));
        try (Source source = SourceOverElasticMq.open(SourceOverElasticMq.config(queue, HttpClient.CRT), context)) {
            EtlRecord record = poll(source, 1).get(0);

            assertThat(record.key().since()).isBetween(before, Instant.now().plusSeconds(1));
            assertThat(record.headers())
                    .containsEntry("messageId", Value.of(record.key().id()))
                    .containsEntry("sentAt", Value.of(record.key().since()))
                    .containsEntry("receiveCount", Value.of(1))
                    .containsEntry("attributes", Value.of(Map.of("tenant", Value.of("t1"))));
            settleAll(source, List.of(record));
        }
    }

    @Test
    void keepsTheOrderOfAGroupOfAFifoQueue(@QueueSettings(fifo = true) TestQueue queue) throws InterruptedException {
        List<String> bodies = IntStream.range(0, 25).mapToObj(Integer::toString).toList();
        queue.sendToGroup("g", bodies);
        List<EtlRecord> records = new ArrayList<>();
        try (Source source = SourceOverElasticMq.open(SourceOverElasticMq.config(queue, HttpClient.CRT), context)) {
            while (records.size() < bodies.size()) {
                List<EtlRecord> some = source.poll(10, Duration.ofSeconds(2));
                records.addAll(some);
                settleAll(source, some);
            }
        }

        assertThat(records)
                .extracting(EtlRecord::body)
                .containsExactlyElementsOf(bodies.stream().map(Value::of).toList());
        assertThat(records.get(0).headers())
                .containsEntry("groupId", Value.of("g"))
                .containsKey("sequenceNumber");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.class)
    void keepsHiddenWhatIsHeldForLong(
            HttpClient httpClient, @QueueSettings(visibilityTimeoutSeconds = 2) TestQueue queue)
            throws InterruptedException {
        queue.send("held");
        try (Source source = SourceOverElasticMq.open(SourceOverElasticMq.config(queue, httpClient), context)) {
            EtlRecord record = poll(source, 1).get(0);

            await("it was hidden anew three times")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> context.metrics().counted("sqs.heartbeats") >= 3);
            assertThat(source.poll(1, Duration.ZERO)).isEmpty();
            settleAll(source, List.of(record));
        }
        assertThat(queue.depth()).isZero();
    }

    @Test
    void readsAQueueByItsUrlAtAnotherHost(TestQueue queue) throws InterruptedException {
        queue.send("a");
        String elsewhere = "http://sqs.somewhere.invalid:4566/000000000000/" + queue.name();
        SqsSourceConfig config = SourceOverElasticMq.config(elsewhere, queue.endpoint(), HttpClient.CRT);
        try (Source source = SourceOverElasticMq.open(config, context)) {
            settleAll(source, poll(source, 1));
        }
        assertThat(queue.depth()).isZero();
    }

    @Test
    void givesBackWhatItFetchedAheadWhenItIsClosed(TestQueue queue) {
        queue.send(IntStream.range(0, 30).mapToObj(Integer::toString).toList());
        try (Source source = SourceOverElasticMq.open(SourceOverElasticMq.config(queue, HttpClient.CRT), context)) {
            await("it has fetched ahead").until(() -> queue.inFlight() == 30);
            assertThat(source.drained()).isFalse();
        }

        assertThat(queue.visible()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.class)
    void leavesNoThreadOfItsOwn(HttpClient httpClient, TestQueue queue) {
        SourceOverElasticMq.open(
                        SourceOverElasticMq.config(queue, httpClient), context.withPipeline("threads-" + httpClient))
                .close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("etl-threads-" + httpClient));
    }

    @Test
    void saysWhichQueueIsMissingAndWhatToDo(TestQueue queue) {
        SqsSourceConfig config = SourceOverElasticMq.config("no-such-queue", queue.endpoint(), HttpClient.CRT);

        assertThatThrownBy(() -> SourceOverElasticMq.open(config, context))
                .isInstanceOf(StartupException.class)
                .hasMessage("there is no SQS queue no-such-queue in us-east-1 at " + queue.endpoint()
                        + " (GetQueueUrl was refused: QueueDoesNotExist); create it, or fix the source's queue, region or"
                        + " endpoint");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.class)
    void isWaitedForWhenNobodyListens(HttpClient httpClient) throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        SqsSourceConfig config = SourceOverElasticMq.config("logins", nobody, httpClient);

        assertThatThrownBy(() -> SourceOverElasticMq.open(config, context))
                .isInstanceOf(TransientException.class)
                .hasMessageStartingWith("SQS queue logins in us-east-1 at " + nobody + ": GetQueueUrl failed: ")
                .hasMessageNotContaining("cannot be used")
                .hasNoCause();
    }

    @Test
    void refusesToReleaseRejectsToAQueueWithoutRedrivePolicy(TestQueue queue) {
        SqsSourceConfig config = SourceOverElasticMq.config(queue, HttpClient.CRT);

        assertThatThrownBy(() -> SourceOverElasticMq.open(config, context.withOnReject(RejectPolicy.RELEASE)))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "onReject: release needs a redrive policy, or rejected messages come again for ever, but the SQS"
                                + " queue " + queue.name() + " in us-east-1 at " + queue.endpoint()
                                + " has none; give the queue a RedrivePolicy, or use deadLetter, fail or drop");
    }

    @Test
    void releasesRejectsToAQueueWithARedrivePolicy(@QueueSettings(maxReceiveCount = 3) TestQueue queue) {
        SqsSourceConfig config = SourceOverElasticMq.config(queue, HttpClient.CRT);

        try (Source source = SourceOverElasticMq.open(config, context.withOnReject(RejectPolicy.RELEASE))) {
            assertThat(source.drained()).isFalse();
        }
    }

    @Test
    void losesNothingWhenSeveralLanesReadTheSameQueue(TestQueue queue) throws InterruptedException {
        Set<Value> bodies = IntStream.range(0, 300)
                .mapToObj(number -> Value.of("m" + number))
                .collect(Collectors.toSet());
        queue.send(IntStream.range(0, 300).mapToObj(number -> "m" + number).toList());
        SqsSourceConfig config = SourceOverElasticMq.config(queue, HttpClient.CRT);
        Set<Value> seen = new HashSet<>();
        int received = 0;
        try (Source first = SourceOverElasticMq.open(config, context.withLane(0, 2));
                Source second = SourceOverElasticMq.open(config, context.withLane(1, 2))) {
            while (seen.size() < bodies.size()) {
                for (Source source : List.of(first, second)) {
                    List<EtlRecord> some = source.poll(50, Duration.ofMillis(100));
                    some.forEach(record -> seen.add(record.body()));
                    received += some.size();
                    settleAll(source, some);
                }
            }
        }

        assertThat(seen).isEqualTo(bodies);
        assertThat(received).isEqualTo(bodies.size());
        assertThat(queue.depth()).isZero();
    }

    private static List<EtlRecord> poll(Source source, int count) throws InterruptedException {
        List<EtlRecord> records = new ArrayList<>();
        while (records.size() < count) {
            records.addAll(source.poll(count - records.size(), Duration.ofSeconds(2)));
        }
        return records;
    }

    private static void settleAll(Source source, List<EtlRecord> records) throws InterruptedException {
        source.settle(new Settlement(records.stream().map(EtlRecord::delivery).collect(Collectors.toSet()), Map.of()));
    }
}
