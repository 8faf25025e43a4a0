package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** Messages with canaries on every way to fail, through {@code etl run}; no canary may be in anything that it writes. */
@Tag("drill")
@ExtendWith({PostgresExtension.class, SqsExtension.class})
@Timeout(240)
class LeakIT {
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");

    /** What a run may fail with of which the server quotes the row, in its message or its DETAIL. */
    private static final Set<String> ENDINGS = Set.of("raise_exception", "unique_violation");

    private static final Pattern METRICS = Pattern.compile("metrics are at (http://\\S+)");

    /** To the end of the queue, with a summary that can be read. */
    private static final List<String> RUN = List.of("run", "--json", "--until-idle=1s");

    @TempDir
    Path folder;

    private final List<String> written = new ArrayList<>();

    private String run(
            LeakSite site, String format, int exitCode, Map<String, String> environment, List<String> arguments)
            throws InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add(site.pipeline().toString());
        try (EtlProcess process = site.etl(format, environment, all)) {
            int ended = process.exitCode();
            written.add(process.out());
            written.add(process.err());
            assertThat(ended).isEqualTo(exitCode);
            return process.out();
        }
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    private void assertNoCanary(LeakSite site) {
        written.add(site.tables());
        assertThat(site.search().in(String.join("\n", written))).isEmpty();
    }

    @Test
    void noCanaryIsInTablesLogsSummariesOrLetters(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.plain();
        site.send(baits);
        Path nativeLog = folder.resolve("crt.log");
        Map<String, String> withNativeLog = Map.of(
                "JDK_JAVA_OPTIONS",
                "-Daws.crt.log.destination=File -Daws.crt.log.level=Trace -Daws.crt.log.filename=" + nativeLog);

        run(site, "text", 0, withNativeLog, RUN);
        String letters = run(site, "text", 0, Map.of(), List.of("dead-letters", "list", "--json"));
        run(site, "text", 0, Map.of(), List.of("dead-letters", "list"));
        run(site, "json", 0, Map.of(), List.of("dead-letters", "show"));
        run(site, "json", 0, Map.of(), List.of("dead-letters", "replay"));

        site.assertBecame(baits, reasons(letters));
        String ofHttpClient = Files.readString(nativeLog);
        assertThat(ofHttpClient).contains("[TRACE]").contains("http");
        written.add(ofHttpClient);
        assertNoCanary(site);
    }

    @Test
    void noCanaryIsInALetterFileOrAFifoGroupsWay(TestDatabase database, @QueueSettings(fifo = true) TestQueue queue)
            throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.notifications();
        site.send(baits);
        Path file = folder.resolve("letters.jsonl");
        Files.writeString(
                site.pipeline(),
                Files.readString(site.pipeline())
                        .replace("envelope: none", "envelope: sns")
                        .replaceAll("(original: seal\\s+)postgres: .*", "$1file: { path: " + file + " }"));

        run(site, "json", 0, Map.of(), RUN);
        run(site, "json", 0, Map.of(), List.of("dead-letters", "show"));

        String letters = Files.readString(file);
        site.assertBecame(baits, reasons(letters));
        written.add(letters);
        assertNoCanary(site);
    }

    @Test
    void noCanaryIsInWhatARunThatFailsSays(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> refused = new ArrayList<>(Baits.plain().stream()
                .filter(bait -> ENDINGS.contains(bait.becomes()))
                .toList());
        assertThat(refused).hasSameSizeAs(ENDINGS);
        refused.add(Baits.fatal());
        for (Bait bait : refused) {
            site.send(List.of(bait));
            run(site, "text", 1, Map.of(), with(RUN, "--set", "onReject=fail"));
            assertThat(written.get(written.size() - 1)).contains(bait.becomes());
            queue.client().purgeQueue(request -> request.queueUrl(queue.url()));
        }
        assertNoCanary(site);
    }

    @Test
    void noCanaryIsInLettersOnAQueue(TestDatabase database, TestQueue queue, TestQueue letters) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.plain();
        site.send(baits);
        Files.writeString(
                site.pipeline(),
                Files.readString(site.pipeline())
                        .replaceAll(
                                "(original: seal\\s+)postgres: .*",
                                "$1sqs: { queue: " + letters.name()
                                        + ", region: us-east-1, endpoint: \"\\${env:ENDPOINT}\" }"));

        run(site, "text", 0, Map.of(), RUN);
        run(site, "text", 1, Map.of(), List.of("dead-letters", "list", "--json"));

        long rejected = baits.stream().filter(bait -> !bait.isRow()).count();
        List<Message> sent = new ArrayList<>();
        await("the dead letters are received").atMost(Site.PATIENCE).until(() -> {
            sent.addAll(letters.receive(10));
            return sent.size() == rejected;
        });
        site.assertBecame(baits, reasons(sent.stream().map(Message::body).collect(Collectors.joining("\n"))));
        sent.forEach(message -> written.add(message.toString()));
        assertNoCanary(site);
    }

    @Test
    void noCanaryIsToldOfWhatIsDroppedOrKeptWithoutItsOriginal(TestDatabase database, TestQueue queue)
            throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> dropped = Baits.plain();
        long rejected = dropped.stream().filter(bait -> !bait.isRow()).count();
        site.send(dropped);
        String summary = run(site, "text", 0, Map.of(), with(RUN, "--set", "onReject=drop"));
        assertThat(summary).contains("\"dropped\":" + rejected + ",");

        site.send(Baits.plain());
        summary = run(site, "json", 0, Map.of(), with(RUN, "--set", "deadLetter.original=omit"));
        assertThat(summary).contains("\"deadLettered\":" + rejected + ",");
        run(site, "json", 0, Map.of(), List.of("dead-letters", "show"));
        assertNoCanary(site);
    }

    @Test
    void noCanaryIsInTheMetricsOfARun(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        List<Bait> baits = Baits.plain();
        site.send(baits);
        String letters = "outcome=\"deadLettered\",pipeline=\"leak-drill\"} "
                + baits.stream().filter(bait -> !bait.isRow()).count() + ".0";
        try (EtlProcess process = site.etl(
                "text",
                Map.of(),
                List.of("run", "--metrics=127.0.0.1:0", site.pipeline().toString()))) {
            await("metrics are offered: " + process.err())
                    .atMost(Site.PATIENCE)
                    .until(() -> METRICS.matcher(process.err()).find());
            Matcher address = METRICS.matcher(process.err());
            assertThat(address.find()).isTrue();
            await("all are rejected")
                    .atMost(Site.PATIENCE)
                    .until(() -> scrape(address.group(1)).contains(letters));

            String scraped = scrape(address.group(1));
            assertThat(scraped)
                    .contains("etl_sqs_inflight{", "etl_sqs_receives_total{", "etl_batch_size_count{")
                    .contains("etl_transform_seconds_count{", "etl_write_seconds_count{", "process_cpu_usage");
            written.add(scraped);
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(143);
        }
        assertNoCanary(site);
    }

    private static String scrape(String address) {
        try (InputStream metrics = URI.create(address).toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void withoutAMaskTheSameSearchFindsThem(TestDatabase database, TestQueue queue) throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        site.send(List.of(Baits.plain().get(0)));
        Files.writeString(
                site.pipeline(),
                Files.readString(site.pipeline())
                        .replace("pii: [ip, device_id]\n", "")
                        .replaceAll(
                                "(?s)  - mask:.*?  - select", "  - rename: { fields: { ip: masked_ip } }\n  - select"));

        run(site, "text", 0, Map.of(), RUN);

        assertThat(site.search().in(site.tables())).containsExactly("an ordinary one");
    }

    @Test
    void whatAStepTellsAgainstItsContractIsFoundInLogLettersAndOutput(TestDatabase database, TestQueue queue)
            throws Exception {
        LeakSite site = new LeakSite(folder, database, queue);
        site.send(Baits.tattled());
        Files.writeString(site.pipeline(), Files.readString(site.pipeline()).replace("pii: [ip, device_id]\n", ""));

        run(site, "json", 0, Map.of(), RUN);
        String log = written.get(1);
        String listed = run(site, "json", 0, Map.of(), List.of("dead-letters", "list", "--json"));

        assertThat(site.search().in(log)).containsExactly("a step that logs");
        assertThat(site.search().in(listed)).containsExactly("a step that quotes");
        assertThat(site.search().in(site.tables())).containsExactly("a step that quotes");
    }

    private static List<String> reasons(String letters) {
        return REASON.matcher(letters).results().map(found -> found.group(1)).toList();
    }
}
