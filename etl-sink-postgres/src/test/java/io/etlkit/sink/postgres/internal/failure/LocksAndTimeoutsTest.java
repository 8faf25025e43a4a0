package io.etlkit.sink.postgres.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another transaction was in the way: the batch is retried on the same connection. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class LocksAndTimeoutsTest {
    private static final String OURS = "application_name = 'etlkit/test' AND datname = current_database()";
    private static final List<EtlRecord> BATCH = List.of(record("m1", "a"), record("m2", "b"), record("m3", "c"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute(
                "CREATE TABLE target (k text PRIMARY KEY, n integer); INSERT INTO target VALUES ('a', 0), ('b', 0), ('c', 0)");
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** The write holds a and waits for b; it gets b and waits for c, whose owner waits for a. */
    @Test
    void aDeadlock40P01() throws Exception {
        database.execute("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '10ms'");
        try (Sink sink = open(Map.of("statementTimeout", "30s"));
                Connection gate = transaction("UPDATE target SET n = 1 WHERE k = 'b'");
                Connection other =
                        transaction("SET deadlock_timeout = '60s'", "UPDATE target SET n = 1 WHERE k = 'c'")) {
            String connection = pid();
            Future<?> write = threads.submit(() -> sink.write(BATCH));
            await("the write waits for b").until(() -> waiting() == 1);
            Future<?> update =
                    threads.submit(() -> other.createStatement().execute("UPDATE target SET n = 1 WHERE k = 'a'"));
            await("the other one waits for a").until(() -> waiting() == 2);
            gate.rollback();

            assertRolledBack(write, "40P01");
            update.get();
            other.rollback();
            assertWritten(sink, connection);
        }
    }

    @Test
    void aLockTimeout55P03() throws Exception {
        try (Sink sink = open(Map.of("lockTimeout", "100ms"));
                Connection other = transaction("LOCK TABLE target")) {
            String connection = pid();
            assertRolledBack(threads.submit(() -> sink.write(BATCH)), "55P03");
            other.rollback();
            assertWritten(sink, connection);
        }
    }

    @Test
    void aStatementTimeout57014() throws Exception {
        try (Sink sink = open(Map.of("statementTimeout", "1s"));
                Connection other = transaction("LOCK TABLE target")) {
            String connection = pid();
            assertRolledBack(threads.submit(() -> sink.write(BATCH)), "57014");
            other.rollback();
            assertWritten(sink, connection);
        }
    }

    /** At READ COMMITTED only a trigger of the table can fail like this. */
    @Test
    void aSerializationFailure40001() throws Exception {
        database.execute("""
                CREATE TABLE trouble (x integer); INSERT INTO trouble VALUES (1);
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN IF EXISTS (SELECT FROM trouble) THEN
                    RAISE EXCEPTION 'not for %', NEW.k USING ERRCODE = 'serialization_failure'; END IF; RETURN NEW; END$$;
                CREATE TRIGGER fail BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION fail()
                """);
        try (Sink sink = open(Map.of())) {
            String connection = pid();
            assertRolledBack(threads.submit(() -> sink.write(BATCH)), "40001");
            database.execute("DELETE FROM trouble");
            assertWritten(sink, connection);
        }
    }

    private static void assertRolledBack(Future<?> write, String state) {
        assertThatThrownBy(write::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TransientException.class)
                .hasNoCause()
                .hasMessageContaining("was rolled back: ")
                .hasMessageContaining("SQLSTATE " + state)
                .hasMessageNotContaining("not for");
    }

    private void assertWritten(Sink sink, String connection) throws InterruptedException {
        assertThat(sink.write(BATCH).written()).hasSize(3);
        assertThat(database.column("SELECT n FROM target")).containsExactly("7", "7", "7");
        assertThat(pid()).isEqualTo(connection);
    }

    private String pid() {
        return database.column("SELECT pid FROM pg_stat_activity WHERE " + OURS).get(0);
    }

    private int waiting() {
        return database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                .size();
    }

    private Connection transaction(String... statements) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        for (String statement : statements) {
            connection.createStatement().execute(statement);
        }
        return connection;
    }

    private Sink open(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("key", List.of("k"));
        all.put("onConflict", "update");
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", all),
                        TestContext.defaults().withFields("k", "n"));
    }

    private static EtlRecord record(String id, String key) {
        return TestRecords.json(id, "{\"k\":\"" + key + "\",\"n\":7}");
    }
}
