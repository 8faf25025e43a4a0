package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy;
import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one drill runs on: a queue whose calls can be let go wrong, a database with the example's table, a proxy in front of
 * each, and a keyset. Pipelines reach queue and database through the proxies only; the drill looks at both directly.
 */
final class Site implements AutoCloseable {
    static final String QUEUE = "logins";

    /** The pipeline that one would deploy. */
    private static final Path EXAMPLE =
            Path.of("../examples/user-logins").toAbsolutePath().normalize();

    /** As long as a process is held at a named point, it has to stay there. */
    private static final int CHILDS_PATIENCE_SECONDS = 60;

    /** How long a drill waits for one thing, such as the start of a JVM on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final TestDatabase database;
    private final SteeredFaults faults = new SteeredFaults();
    private final StubSqsServer stub;
    private final TcpProxy toQueue;
    private final TcpProxy toDatabase;
    private final Path keyset;

    private Site(Path folder, TestDatabase database, Duration visibility) {
        this.folder = folder;
        this.database = database;
        this.keyset = folder.resolve("pii.json");
        this.stub =
                StubSqsServer.builder().queue(QUEUE, visibility).faults(faults).start();
        this.toQueue = TcpProxy.to(stub.endpoint());
        this.toDatabase = TcpProxy.to("127.0.0.1", database.port());
    }

    /**
     * Opens a site.
     *
     * @param folder takes the keyset and what processes print
     * @param visibility how long the queue hides what was received: after it, what a killed process held is there again
     */
    static Site open(Path folder, TestDatabase database, Duration visibility) {
        Site site = new Site(folder, database, visibility);
        try (NewKeyset keyset = Keyset.create("drills")) {
            keyset.writePlaintext(site.keyset);
            database.execute(Files.readString(EXAMPLE.resolve("schema.sql")));
            return site;
        } catch (IOException failed) {
            site.close();
            throw new UncheckedIOException(failed);
        }
    }

    TestDatabase database() {
        return database;
    }

    TcpProxy toQueue() {
        return toQueue;
    }

    TcpProxy toDatabase() {
        return toDatabase;
    }

    SteeredFaults faults() {
        return faults;
    }

    Path keyset() {
        return keyset;
    }

    void send(Logins logins) {
        send(logins.messages());
    }

    void send(List<String> messages) {
        stub.send(QUEUE, messages);
    }

    QueueBooks queue() {
        return stub.books(QUEUE);
    }

    /** How many messages are in the queue, hidden ones too. */
    long queued() {
        QueueBooks books = queue();
        return books.visible() + books.inFlight();
    }

    /** Waits until a pipeline polls: then all of its parts are there. */
    void awaitPolling() {
        long before = faults.calls(SqsAction.RECEIVE_MESSAGE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(faults.calls(SqsAction.RECEIVE_MESSAGE))
                        .as("receives, when a pipeline has started")
                        .isGreaterThan(before));
    }

    long rows() {
        return database.count("user_logins");
    }

    /** How many dead letters there are; none while their table does not exist. */
    long deadLetters() {
        return countIfThere("etl_dead_letters");
    }

    long ledger() {
        return countIfThere("etl_ledger");
    }

    private long countIfThere(String table) {
        boolean there = !"null"
                .equals(database.column("SELECT to_regclass('" + table + "')").get(0));
        return there ? database.count(table) : 0;
    }

    /**
     * Starts {@code etl run} of the example's pipeline in a JVM of its own, with one lane. Its batch is complete when the
     * messages of a drill are all there, so that a point within a batch has a meaning.
     */
    EtlProcess start(int batch, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--set", "lanes=1", "--set", "batch.maxWait=2s", "--set", "batch.maxRecords=" + batch));
        arguments.addAll(Arrays.asList(more));
        return run(arguments);
    }

    /** Starts it with its own proxy to the database, which a drill can block without blocking others. */
    EtlProcess startThrough(TcpProxy door, int batch) {
        return start(
                batch,
                "--set",
                "sink.postgres.url=" + databaseUrl(door, CHILDS_PATIENCE_SECONDS) + "&password=" + database.password());
    }

    /** Starts it with the file's own settings, to end when the queue is empty. */
    EtlProcess startUntilIdle() {
        return run(List.of("--until-idle=1s"));
    }

    /** Starts it to run until it is stopped, with a socket timeout of some seconds. */
    EtlProcess startImpatient(int silenceSeconds, String... more) {
        String url = databaseUrl(silenceSeconds) + "&password=" + database.password();
        List<String> arguments = new ArrayList<>(
                List.of("--set", "sink.postgres.url=" + url, "--set", "deadLetter.postgres.url=" + url));
        arguments.addAll(Arrays.asList(more));
        return run(arguments);
    }

    private EtlProcess run(List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--json",
                "--set",
                "retry.initialDelay=20ms",
                "--set",
                "retry.maxDelay=200ms",
                "--set",
                "source.sqs.waitTime=1s"));
        arguments.addAll(more);
        arguments.add(EXAMPLE.resolve("pipeline.yaml").toString());
        return EtlProcess.start(folder, environment(), "", arguments);
    }

    private Map<String, String> environment() {
        return Map.of(
                "ETL_QUEUE",
                QUEUE,
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                queueEndpoint(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "ETL_DATABASE_URL",
                databaseUrl(CHILDS_PATIENCE_SECONDS) + "&password=" + database.password(),
                "ETL_DATABASE_USER",
                database.user(),
                "ETL_KEYSET",
                keyset.toString());
    }

    /** The queue's server, through the proxy. */
    String queueEndpoint() {
        return "http://127.0.0.1:" + toQueue.port();
    }

    /** The database, through the proxy, and how long the server may be silent. Holds no password. */
    String databaseUrl(int silenceSeconds) {
        return databaseUrl(toDatabase, silenceSeconds);
    }

    private String databaseUrl(TcpProxy door, int silenceSeconds) {
        return "jdbc:postgresql://127.0.0.1:" + door.port() + "/" + database.name() + "?socketTimeout=" + silenceSeconds
                + "&connectTimeout=3&loginTimeout=3";
    }

    @Override
    public void close() {
        toDatabase.close();
        toQueue.close();
        stub.close();
    }
}
