package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.source.sqs.SqsSourceConfig;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.core.CoreTransforms;
import io.etlkit.transform.core.SelectConfig;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host that runs the whole pipeline: messages with {@code n} and {@code ip} become rows of {@code logins} with {@code n} and
 * two columns that hold tokens of {@code ip}, {@code first_ip} and {@code second_ip}. It has a copy of the keyset of its own,
 * which it reads at its start, and takes no more messages at once than leaves some to another host.
 */
final class LoginHost implements AutoCloseable {
    static final String TABLE =
            "CREATE TABLE logins (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int NOT NULL,"
                    + " first_ip varchar(256) NOT NULL, second_ip varchar(256) NOT NULL)";
    static final String QUEUE = "logins";

    private final Path keyset;
    private final Pipeline pipeline;
    private Optional<PipelineRun> run = Optional.empty();

    /**
     * Makes one that does not run yet.
     *
     * @param folder takes its keyset
     * @param methods what the first column is masked with, and the second
     */
    LoginHost(Path folder, URI queue, TestDatabase database, List<String> methods) throws IOException {
        this.keyset = Files.createDirectories(folder).resolve("pii.json");
        this.pipeline = pipeline(queue, database, methods);
    }

    private Pipeline pipeline(URI queue, TestDatabase database, List<String> methods) {
        SqsSourceConfig source = SqsSourceConfig.builder()
                .queue(QUEUE)
                .region("us-east-1")
                .endpoint(queue)
                .accessKeyId("test")
                .secretAccessKey(Secret.of("test"))
                .waitTime(Duration.ofSeconds(1))
                .maxReceives(1)
                .build();
        MaskConfig mask = MaskConfig.of(
                keyset.toString(),
                MaskField.of("ip", methods.get(0)).withTo("first_ip").withType("ip"),
                MaskField.of("ip", methods.get(1)).withTo("second_ip").withType("ip"));
        PostgresSinkConfig sink = PostgresSinkConfig.builder()
                .url(database.jdbcUrl())
                .user(database.user())
                .password(Secret.of(database.password()))
                .table("logins")
                .build();
        return Pipeline.builder("logins")
                .pii(List.of(FieldPath.parse("ip")))
                .source(SqsPlugin.sqs(), source)
                .transform(MaskPlugin.MASK, mask)
                .transform(
                        CoreTransforms.SELECT,
                        new SelectConfig(Stream.of("n", "first_ip", "second_ip")
                                .map(FieldPath::parse)
                                .toList()))
                .sink(new PostgresSinkFactory(), sink)
                .batch(BatchConfig.builder()
                        .maxRecords(100)
                        .maxWait(Duration.ofMillis(20))
                        .build())
                .build();
    }

    /** Brings the keyset to the host, and restarts its pipeline as SIGTERM would. */
    void restartWith(Path newKeyset) throws IOException, InterruptedException {
        stop();
        Files.copy(newKeyset, keyset, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        run = Optional.of(pipeline.start());
    }

    /** Stops all of them at once: each may wait for a receive of a second. */
    static void stop(List<LoginHost> hosts) throws InterruptedException {
        hosts.forEach(host -> host.run.ifPresent(PipelineRun::stop));
        for (LoginHost host : hosts) {
            host.stop();
        }
    }

    private void stop() throws InterruptedException {
        if (run.isPresent()) {
            run.get().stop();
            RunReport report = run.get().await();
            assertThat(report.failure()).isEmpty();
            assertThat(report.deadLettered()).isZero();
            run = Optional.empty();
        }
    }

    @Override
    public void close() {
        run.ifPresent(PipelineRun::close);
    }
}
