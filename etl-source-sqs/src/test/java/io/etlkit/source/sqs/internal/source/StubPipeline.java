package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.RunReport;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.FakeSink;
import io.etlkit.testkit.NoConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** The whole engine between the stub SQS server, which fails as a test asks, and a table in memory that has a ledger. */
final class StubPipeline implements AutoCloseable {
    static final String QUEUE = "logins";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StubSqsServer server;
    private final HttpClient httpClient;
    private final FakeSink table = new FakeSink();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private @Nullable PipelineRun run;
    private Duration waitTime = Duration.ofSeconds(1);
    private int sent;

    StubPipeline(HttpClient httpClient, Duration visibility) {
        this.httpClient = httpClient;
        this.server = StubSqsServer.builder().queue(QUEUE, visibility).start();
    }

    /** Each fault with each HTTP client, for what is about the connection. */
    static Stream<Arguments> eachClientWith(Fault... faults) {
        return Stream.of(HttpClient.values())
                .flatMap(client -> Stream.of(faults).map(fault -> Arguments.of(client, fault)));
    }

    /** What a server that is up refuses for a while; it looks the same through any HTTP client. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                        new Fault.Refusal(400, "ThrottlingException"),
                        new Fault.Refusal(403, "RequestThrottled"),
                        new Fault.Refusal(500, "InternalError"),
                        new Fault.Refusal(503, "ServiceUnavailable"))
                .map(fault -> Arguments.of(HttpClient.CRT, fault));
    }

    StubSqsServer server() {
        return server;
    }

    FakeSink table() {
        return table;
    }

    /** A long poll that is not the one second of the other tests. */
    void waitTime(Duration longPoll) {
        waitTime = longPoll;
    }

    SqsSourceConfig config() {
        return SourceOverElasticMq.config(server.queueUrl(QUEUE), server.endpoint(), httpClient, waitTime);
    }

    QueueBooks books() {
        return server.books(QUEUE);
    }

    void faults(Faults faults) {
        server.faults(faults);
    }

    /** Sends messages, each with a number of its own. */
    void send(int count) {
        server.send(QUEUE, bodies(sent, sent + count));
        sent += count;
    }

    private static List<String> bodies(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "{\"number\":" + number + "}")
                .toList();
    }

    void start() {
        start(builder -> builder);
    }

    void start(UnaryOperator<PipelineBuilder> settings) {
        run = settings.apply(Pipeline.builder("stub")
                        .source(SqsPlugin.sqs(), config())
                        .sink(table.factory(), new NoConfig())
                        .retry(RetryConfig.builder()
                                .initialDelay(Duration.ofMillis(20))
                                .maxDelay(Duration.ofMillis(200))
                                .build())
                        .meterRegistry(registry))
                .build()
                .start();
    }

    PipelineRun run() {
        if (run == null) {
            throw new IllegalStateException("start it first");
        }
        return run;
    }

    /** What was counted so far, over all lanes. */
    double counted(String metric) {
        return registry.find("etl." + metric).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    void awaitHolding() {
        await("it holds").until(() -> run().state() == State.HOLDING);
    }

    void awaitCalls(SqsAction action, long calls) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(server.calls(action)).as("%s", action).isGreaterThanOrEqualTo(calls));
    }

    /** Waits until everything that was sent is deleted, ends the run, and checks that each message is one row. */
    RunReport everythingArrivesOnce() throws InterruptedException {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(books().deleted()).isEqualTo(sent));
        run().stop();
        RunReport report = run().await();
        assertThat(report.failure()).isEmpty();
        assertThat(table.bodies()).hasSize(sent);
        assertThat(Set.copyOf(table.bodies())).isEqualTo(Set.copyOf(bodies(0, sent)));
        assertThat(report.written()).isEqualTo(sent);
        assertThat(report.received()).isEqualTo(report.written() + report.duplicate() + report.released());
        assertThat(books().visible() + books().inFlight()).isZero();
        return report;
    }

    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
        server.close();
    }
}
