package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.EtlProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus sees of a run. */
@Timeout(120)
class MetricsIT {
    private static final Pattern ADDRESS = Pattern.compile("(http://\\S+)/metrics");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: logins
                lanes: 1
                source: { memory: { queue: q, messages: ['{"a":"canary"}', '{"a":2}', 'broken canary'] } }
                sink: { memory: { table: measured } }
                deadLetter: { original: omit, memory: { table: measured } }
                """);
    }

    @Test
    void aRunOffersItsNumbersWhileItLasts() throws Exception {
        try (EtlProcess run =
                EtlProcess.start(folder, Map.of(), "", List.of("run", "--metrics", "127.0.0.1:0", file.toString()))) {
            await("the metrics are offered: " + run.err())
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> ADDRESS.matcher(run.err()).find());
            Matcher address = ADDRESS.matcher(run.err());
            assertThat(address.find()).isTrue();
            await("all are settled")
                    .until(() -> scrape(address.group()).contains("outcome=\"deadLettered\",pipeline=\"logins\"} 1.0"));

            assertThat(scrape(address.group()))
                    .contains("etl_records_total{outcome=\"received\",pipeline=\"logins\"} 3.0")
                    .contains("etl_records_total{outcome=\"written\",pipeline=\"logins\"} 2.0")
                    .contains("etl_rows_total{pipeline=\"logins\"} 2.0")
                    .contains("etl_holding{pipeline=\"logins\"} 0.0")
                    .contains("etl_pipeline_state{pipeline=\"logins\",state=\"running\"} 1.0")
                    .contains("etl_write_seconds_count{pipeline=\"logins\"}")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("canary");
            assertThat(scrape(address.group(1) + "/-/healthy")).contains("healthy");

            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void aPortThatIsAnothersIsToldBeforeAnythingRuns() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            Etl etl = Etl.run("run", "--metrics", address, file.toString());
            assertThat(etl.err())
                    .isEqualTo("etl: --metrics: " + address + " can not be listened on: Address already in use\n");
            assertThat(etl.exitCode()).isEqualTo(1);
            assertThat(etl.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "somewhere, 'must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"somewhere\"'",
        "localhost:, 'must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"localhost:\"'",
        "65536, 'must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"65536\"'",
        "94 64, 'must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"94 64\"'",
        "9464/metrics, 'must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"9464/metrics\"'",
    })
    void anAddressThatIsNoneIsAUsageError(String address, String message) {
        Etl etl = Etl.run("run", "--metrics", address, file.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err()).contains("'--metrics'").contains(message);
    }

    @ParameterizedTest
    @CsvSource({"0, 127.0.0.1", "localhost:0, localhost", "0.0.0.0:0, 0.0.0.0"})
    void whereItListensIsTold(String address, String host) throws Exception {
        List<String> arguments = List.of("run", "--until-idle=1ms", "--metrics", address, file.toString());
        try (EtlProcess run = EtlProcess.start(folder, Map.of(), "", arguments)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("metrics are at http://" + host + ":");
        }
    }

    private static String scrape(String address) {
        try (InputStream answer = URI.create(address).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
