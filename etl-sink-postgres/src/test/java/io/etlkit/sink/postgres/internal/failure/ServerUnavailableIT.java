package io.etlkit.sink.postgres.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server cannot be used for now: the batch is retried, and written as soon as it can be used again. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ServerUnavailableIT {
    private TestDatabase database;
    private TestDatabase maintenance;
    private String user;
    private int written;

    @BeforeEach
    void makeTable(TestDatabase own, TestDatabase other) {
        database = own;
        maintenance = other;
        user = database.name() + "_u";
        database.execute("CREATE TABLE target (t text); CREATE USER " + user
                + " PASSWORD 'p'; GRANT INSERT ON target TO " + user);
    }

    @AfterEach
    void dropUser() {
        database.execute("DROP OWNED BY " + user + "; DROP USER " + user);
    }

    /** A failover or an emergency: the existing session gets 25006, new ones do not find a primary. */
    @Test
    void aReadOnlyServer25006() throws InterruptedException {
        try (Sink sink = open(Map.of())) {
            sink.write(List.of(record("first")));
            configure("SET default_transaction_read_only = on");
            await().untilAsserted(() -> assertThatThrownBy(() -> sink.write(List.of(record("then"))))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("SQLSTATE 25006"));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> sink.write(List.of(record("held")))).isInstanceOf(TransientException.class);
            }
            assertThatThrownBy(() -> open(Map.of())).isInstanceOf(TransientException.class);

            configure("RESET default_transaction_read_only");
            await("the batch is written").until(() -> isWritten(sink, record("held")));
        } finally {
            configure("RESET default_transaction_read_only");
        }
        assertThat(database.column("SELECT t FROM target WHERE t = 'held'")).hasSize(1);
    }

    @Test
    void aFullDisk53100(@TempDir Path folder) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "etlkit-test", folder.toString()) == 0,
                "needs the right to mount");
        try {
            database.execute("CREATE TABLESPACE small LOCATION '" + folder + "'");
            database.execute("CREATE TABLE full_one (t text) TABLESPACE small");
            try (Sink sink = open(Map.of("table", "full_one"))) {
                List<EtlRecord> batch =
                        List.of(record(random(400_000)), record(random(400_000)), record(random(400_000)));
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> sink.write(batch))
                            .isInstanceOf(TransientException.class)
                            .hasNoCause()
                            .hasMessageContaining("SQLSTATE 53100");
                }
                assertThat(run("mount", "-o", "remount,size=64m", folder.toString()))
                        .isZero();

                assertThat(sink.write(batch).written()).hasSize(3);
            }
            assertThat(database.count("full_one")).isEqualTo(3);
        } finally {
            database.execute("DROP TABLE IF EXISTS full_one");
            database.execute("DROP TABLESPACE IF EXISTS small");
            run("umount", folder.toString());
        }
        assertThat(Files.exists(folder)).isTrue();
    }

    @Test
    void tooManyConnections53300() throws InterruptedException {
        try (Sink sink = open(asUser())) {
            sink.write(List.of(record("first")));
            database.execute("ALTER ROLE " + user + " CONNECTION LIMIT 0");
            lose(sink);

            assertHeld(sink, "SQLSTATE 53300");
            assertThatThrownBy(() -> open(asUser()))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("SQLSTATE 53300");
            database.execute("ALTER ROLE " + user + " CONNECTION LIMIT -1");
            assertThat(sink.write(List.of(record("held"))).written()).hasSize(1);
        }
    }

    /** At start it ends the pipeline: see {@code StartupTest}. */
    @Test
    void aPasswordChangedWhileRunning28P01() throws InterruptedException {
        try (Sink sink = open(asUser())) {
            sink.write(List.of(record("first")));
            database.execute("ALTER ROLE " + user + " PASSWORD 'other'");
            lose(sink);

            assertHeld(sink, "SQLSTATE 28P01");
            database.execute("ALTER ROLE " + user + " PASSWORD 'p'");
            assertThat(sink.write(List.of(record("held"))).written()).hasSize(1);
        }
    }

    /** At start it ends the pipeline: see {@code StartupTest}. */
    @Test
    void aDatabaseGoneWhileRunning3D000() throws Exception {
        try (Sink sink = open(Map.of())) {
            sink.write(List.of(record("first")));
            lose(sink);
            maintenance.execute("ALTER DATABASE " + database.name() + " RENAME TO away");
            try {
                assertHeld(sink, "SQLSTATE 3D000");
            } finally {
                maintenance.execute("ALTER DATABASE away RENAME TO " + database.name());
            }
            assertThat(sink.write(List.of(record("held"))).written()).hasSize(1);
        }
    }

    private static void assertHeld(Sink sink, String why) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("held", "{\"t\":\"held\"}"))))
                    .isInstanceOf(TransientException.class)
                    .hasNoCause()
                    .hasMessageContaining(why);
        }
    }

    /** Ends the sink's connection, and has the sink notice. */
    private void lose(Sink sink) {
        assertThat(database.column("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                        + " WHERE application_name = 'etlkit/test' AND datname = current_database()"))
                .containsExactly("true");
        assertThatThrownBy(() -> sink.write(List.of(record("lost")))).isInstanceOf(TransientException.class);
    }

    private static boolean isWritten(Sink sink, EtlRecord record) {
        try {
            return sink.write(List.of(record)).written().size() == 1;
        } catch (TransientException notYet) {
            return false;
        } catch (InterruptedException ended) {
            throw new IllegalStateException("the test was interrupted", ended);
        }
    }

    /** Changes a setting of the whole server, for existing sessions too. */
    private void configure(String change) {
        database.execute("ALTER SYSTEM " + change);
        database.query("SELECT pg_reload_conf()");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    private static String random(int length) {
        Random random = new Random(length);
        return IntStream.generate(() -> random.nextInt(16))
                .limit(length)
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining());
    }

    private Map<String, Object> asUser() {
        return Map.of("user", user, "password", "p");
    }

    private Sink open(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("idempotency", "none");
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", all),
                        TestContext.defaults().withFields("t"));
    }

    private EtlRecord record(String text) {
        return TestRecords.json("m" + written++, "{\"t\":\"" + text + "\"}");
    }
}
