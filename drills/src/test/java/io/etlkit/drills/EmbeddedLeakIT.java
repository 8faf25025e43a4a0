package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.engine.DecodeConfig.Envelope;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.ReplaySelection;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages with canaries on every way to fail, through a pipeline in this JVM whose loggers all log what they can. What is ours
 * tells none; of the libraries exactly those do that docs/embedding.md says are to be kept quiet.
 */
@Tag("drill")
@ExtendWith({PostgresExtension.class, SqsExtension.class})
@Timeout(120)
class EmbeddedLeakIT {
    private static final String SQS_CLIENT =
            "software.amazon.awssdk.services.sqs.internal.MessageMD5ChecksumInterceptor at DEBUG";
    private static final String NETTY = "io.netty.handler.logging.LoggingHandler at DEBUG";
    private static final String POSTGRES_DRIVER = "org.postgresql.core.v3.QueryExecutorImpl at FINEST";

    /** The queue's server, which is in this JVM for the test's sake. */
    private static final String SERVER = "org.elasticmq.";

    /** A row of the page's table. */
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `(\\w+)`");

    /** A line of the page's configuration for Logback. */
    private static final Pattern QUIETENED = Pattern.compile("<logger name=\"([\\w.]+)\" level=\"INFO\"/>");

    /** More than the SDK tries by itself, so that etlkit has to say what went wrong. */
    private static final Fault[] SPOILT = {
        new Fault.CutAnswer(true),
        new Fault.CutAnswer(false),
        new Fault.WrongMd5(),
        new Fault.WrongMd5(),
        new Fault.CutAnswer(false),
        new Fault.CutAnswer(true)
    };

    @TempDir
    Path folder;

    private final List<String> shown = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"crt, NONE", "netty, SNS", "crt, EVENTBRIDGE"})
    void whateverTheLogLevelsOnlyTheLibrariesThatAreListedTellWhatIsInARecord(
            String httpClient, Envelope envelope, TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = switch (envelope) {
            case SNS -> Baits.notifications();
            case EVENTBRIDGE -> Baits.events();
            default -> Baits.plain();
        };
        site.send(baits);
        EmbeddedLeakPipeline parts = new EmbeddedLeakPipeline(site, httpClient);

        Map<String, String> said;
        List<String> reasons;
        try (EverythingLogged log = new EverythingLogged()) {
            reasons = run(parts.pipeline(envelope));
            said = log.said();
        }
        parts.configuration().forEach(record -> shown.add(record.toString()));
        shown.add(site.tables());

        site.assertBecame(baits, reasons);
        assertThat(said)
                .containsKeys("io.etlkit.engine.Pipeline at INFO", "io.etlkit.drills.EmbeddedLeakPipeline at DEBUG");
        assertThat(String.join("", said.values())).contains("etl-leak-drill-lane-0");
        Map<String, String> listed = onTheQueuesSide(httpClient, "what is to be masked, other fields");
        listed.put(POSTGRES_DRIVER, "other fields");
        assertThat(whoTold(site, said)).isEqualTo(listed);
        assertThat(site.search().in(String.join("\n", shown))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crt", "netty"})
    void anAnswerThatIsOfNoUseIsNotQuoted(String httpClient, TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.rows(SPOILT.length * 10);
        baits.forEach(site::lookFor);

        Map<String, String> said;
        try (StubSqsServer stub = StubSqsServer.builder()
                        .queue("spoilt", Duration.ofSeconds(1))
                        .faults(Faults.first(SqsAction.RECEIVE_MESSAGE, SPOILT))
                        .start();
                EverythingLogged log = new EverythingLogged()) {
            stub.send("spoilt", baits.stream().map(Bait::body).toList());
            run(new EmbeddedLeakPipeline(
                            site, httpClient, "spoilt", stub.endpoint().toString())
                    .pipeline(Envelope.NONE));
            said = log.said();
        }

        site.assertBecame(baits, List.of());
        assertThat(String.join("", said.values())).contains("cannot receive: ReceiveMessage failed: ");
        assertThat(whoTold(site, said)).isEqualTo(onTheQueuesSide(httpClient, "what is to be masked"));
    }

    @Test
    void whatAStepTellsAgainstItsContractIsFound(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.tattled();
        site.send(baits);

        Map<String, String> said;
        try (EverythingLogged log = new EverythingLogged()) {
            site.assertBecame(
                    baits,
                    run(new EmbeddedLeakPipeline(site, "crt")
                            .pipeline(Envelope.NONE)
                            .pii(List.of())));
            said = log.said();
        }

        assertThat(whoTold(site, said))
                .containsEntry("io.etlkit.drills.TattlingPlugin at INFO", "what is to be masked");
        assertThat(site.search().in(String.join("\n", shown))).containsExactly("a step that quotes");
        assertThat(site.search().in(site.tables())).containsExactly("a step that quotes");
    }

    @Test
    void withTheLinesOfThePageNoLibraryTells(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.plain();
        site.send(baits);

        Map<String, String> said;
        try (EverythingLogged log = new EverythingLogged()) {
            QUIETENED.matcher(page()).results().forEach(line -> log.quieten(line.group(1)));
            site.assertBecame(baits, run(new EmbeddedLeakPipeline(site, "netty").pipeline(Envelope.NONE)));
            said = log.said();
        }

        assertThat(whoTold(site, said)).isEmpty();
    }

    @Test
    void thePageListsTheLibrariesThatTell() throws IOException {
        assertThat(LISTED.matcher(page()).results().map(row -> row.group(1) + " at " + row.group(2)))
                .containsExactlyInAnyOrder(SQS_CLIENT, NETTY, POSTGRES_DRIVER);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/embedding.md"));
    }

    /** Runs it to the end, looks at the letters, replays them, and gives their reasons. */
    private List<String> run(PipelineBuilder builder) throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Pipeline pipeline = builder.meterRegistry(metrics).build();
        try (PipelineRun run = pipeline.start()) {
            shown.add(run + " " + run.state() + " " + run.report());
            shown.add(run.await().toString());
        }
        List<String> reasons = new ArrayList<>();
        try (DeadLetterStore letters = pipeline.openDeadLetters()) {
            letters.list(Optional.empty(), 1000).letters().forEach(stored -> {
                shown.add(stored.toString());
                reasons.add(stored.letter().rejection().reason());
            });
        }
        try (PipelineRun replay = pipeline.replay(ReplaySelection.all())) {
            shown.add(replay.await() + " " + replay);
        }
        String scraped = metrics.scrape();
        assertThat(scraped).contains("etl_records");
        shown.add(scraped);
        return reasons;
    }

    private static Map<String, String> onTheQueuesSide(String httpClient, String kinds) {
        Map<String, String> loggers = new TreeMap<>(Map.of(SQS_CLIENT, kinds));
        if (httpClient.equals("netty")) {
            loggers.put(NETTY, kinds);
        }
        return loggers;
    }

    /** Which loggers told a canary, at which level, and of which kind; the queue's server aside. */
    private static Map<String, String> whoTold(LeakSite site, Map<String, String> said) {
        CanarySearch personal = site.personal();
        CanarySearch other = site.other();
        Map<String, String> told = new TreeMap<>();
        said.forEach((logger, text) -> {
            List<String> kinds = new ArrayList<>();
            if (!personal.in(text).isEmpty()) {
                kinds.add("what is to be masked");
            }
            if (!other.in(text).isEmpty()) {
                kinds.add("other fields");
            }
            if (!kinds.isEmpty() && !logger.startsWith(SERVER)) {
                told.put(logger, String.join(", ", kinds));
            }
        });
        return told;
    }
}
