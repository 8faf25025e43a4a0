package io.etlkit.examples.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** This example's own files, set up against a queue and a database as its README says. */
final class Deployment {
    static final Path EXAMPLE = Path.of("").toAbsolutePath();

    private static final Path PIPELINE = EXAMPLE.resolve("pipeline.yaml");

    private final Path folder;
    private final TestQueue queue;
    private final TestDatabase database;
    private final Path keyset;

    private Deployment(Path folder, TestQueue queue, TestDatabase database) {
        this.folder = folder;
        this.queue = queue;
        this.database = database;
        this.keyset = folder.resolve("pii.json");
    }

    /** Makes the table and the keyset. */
    static Deployment prepare(Path folder, TestQueue queue, TestDatabase database)
            throws IOException, InterruptedException {
        Deployment deployment = new Deployment(folder, queue, database);
        database.execute(Files.readString(EXAMPLE.resolve("schema.sql")));
        Finished made = deployment.etl("", "keys", "init", deployment.keyset.toString(), "--insecure-plaintext");
        assertThat(made.exitCode()).as(made.err()).isZero();
        return deployment;
    }

    /** Runs the pipeline to the end of the queue. */
    Finished runUntilIdle(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("run", "--until-idle=2s", "--json"));
        arguments.addAll(Arrays.asList(more));
        arguments.add(PIPELINE.toString());
        return etl("", arguments.toArray(String[]::new));
    }

    /** Starts the pipeline, to run until it is stopped. */
    EtlProcess start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--json"));
        arguments.addAll(Arrays.asList(more));
        arguments.add(PIPELINE.toString());
        return EtlProcess.start(folder, environment(), "", arguments);
    }

    /** Reveals a token. */
    Finished reveal(String token, String domain) throws InterruptedException {
        return etl(
                token + "\n",
                "reveal",
                "--keyset",
                keyset.toString(),
                "--domain",
                domain,
                "--reason",
                "a test of the example");
    }

    private Finished etl(String input, String... arguments) throws InterruptedException {
        try (EtlProcess process = EtlProcess.start(folder, environment(), input, List.of(arguments))) {
            int exitCode = process.exitCode();
            return new Finished(exitCode, process.out(), process.err());
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "ETL_QUEUE", queue.name(),
                "AWS_REGION", queue.region(),
                "AWS_ENDPOINT_URL", queue.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", queue.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", queue.secretAccessKey(),
                "ETL_DATABASE_URL", database.jdbcUrl() + "?password=" + database.password(),
                "ETL_DATABASE_USER", database.user(),
                "ETL_KEYSET", keyset.toString());
    }

    /** What a command that ended left. */
    record Finished(int exitCode, String out, String err) {
        /** The numbers of the summary line. */
        Books books() {
            ObjectValue summary = (ObjectValue) JsonReader.read(out.strip());
            return new Books(summary);
        }
    }

    /** The summary's counts, in deliveries but for {@code rows}. */
    record Books(ObjectValue summary) {
        long count(String name) {
            return ((NumberValue) summary.get(name).orElseGet(() -> Value.of(-1)))
                    .value()
                    .longValueExact();
        }

        /** Fails when a delivery is missing or counted twice. */
        void assertBalanced() {
            assertThat(count("received"))
                    .isEqualTo(count("written")
                            + count("filtered")
                            + count("duplicate")
                            + count("deadLettered")
                            + count("dropped")
                            + count("released"));
        }
    }
}
