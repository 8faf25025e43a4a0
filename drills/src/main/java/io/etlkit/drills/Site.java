package io.etlkit.drills;

import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.TcpProxy;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.sqs.QueueBooks;
import io.etlkit.testkit.sqs.StubSqsServer;
import io.etlkit.transform.mask.Keyset;
import io.etlkit.transform.mask.NewKeyset;
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

    long rows() {
        return database.count("user_logins");
    }

    /** How many dead letters there are; none as long as nobody has made their table. */
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

    /** Starts {@code etl run} of the example's pipeline in a JVM of its own. */
    EtlProcess start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--json",
                "--set",
                "retry.initialDelay=20ms",
                "--set",
                "retry.maxDelay=200ms",
                "--set",
                "source.sqs.waitTime=1s"));
        arguments.addAll(Arrays.asList(more));
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
                databaseUrl() + "&password=" + database.password(),
                "ETL_DATABASE_USER",
                database.user(),
                "ETL_KEYSET",
                keyset.toString());
    }

    /** The queue's server, through the proxy. */
    String queueEndpoint() {
        return "http://127.0.0.1:" + toQueue.port();
    }

    /** The database, through the proxy; a server that is silent for three seconds is given up. Holds no password. */
    String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + toDatabase.port() + "/" + database.name()
                + "?socketTimeout=3&connectTimeout=3&loginTimeout=3";
    }

    @Override
    public void close() {
        toDatabase.close();
        toQueue.close();
        stub.close();
    }
}
