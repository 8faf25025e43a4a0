package io.etlkit.sink.postgres.internal.connection;

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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
class LostConnectionTest {
    private static final String OURS = "application_name = 'etlkit/test' AND datname = current_database()";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (n integer)");
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aConnectionLostBetweenWritesIsOpenedAgain() throws InterruptedException {
        try (Sink sink = open(database)) {
            sink.write(batch(0, 10));
            killOurs();
            assertThatThrownBy(() -> sink.write(batch(5, 15)))
                    .isInstanceOf(TransientException.class)
                    .hasNoCause();

            assertThat(sink.write(batch(5, 15)).written()).hasSize(5);
        }
        assertThat(database.count("target")).isEqualTo(15);
    }

    @Test
    void aConnectionLostInAWriteHasWrittenNothing() throws Exception {
        try (Sink sink = open(database);
                Connection blocker = lockTable()) {
            Future<?> write = threads.submit(writing(sink));
            awaitBlocked();
            killOurs();
            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransientException.class);
            blocker.rollback();

            assertThat(sink.write(batch(0, 10)).written()).hasSize(10);
        }
        assertThat(database.count("target")).isEqualTo(10);
    }

    @Test
    void closeEndsAWriteThatHangs() throws Exception {
        Sink sink = open(database);
        try (Connection blocker = lockTable()) {
            Future<?> write = threads.submit(writing(sink));
            awaitBlocked();
            sink.close();

            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransientException.class)
                    .hasMessageContaining("is closed");
            blocker.rollback();
        }
        assertThatThrownBy(() -> sink.write(batch(0, 1))).isInstanceOf(TransientException.class);
    }

    @Test
    void anInterruptBeforeTheWriteIsAnInterrupt() {
        try (Sink sink = open(database)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sink.write(batch(0, 1))).isInstanceOf(InterruptedException.class);
        }
        assertThat(database.count("target")).isZero();
    }

    @Test
    void anInterruptAndACloseInAWriteAreAnInterrupt() throws Exception {
        Sink sink = open(database);
        AtomicReference<Thread> writer = new AtomicReference<>();
        try (Connection blocker = lockTable()) {
            Future<?> write = threads.submit(() -> {
                writer.set(Thread.currentThread());
                return sink.write(batch(0, 10));
            });
            awaitBlocked();
            writer.get().interrupt();
            sink.close();

            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            blocker.rollback();
        }
    }

    private static Callable<Object> writing(Sink sink) {
        return () -> sink.write(batch(0, 10));
    }

    private Connection lockTable() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("LOCK TABLE target");
        return connection;
    }

    private void awaitBlocked() {
        await("the write waits for the lock")
                .until(() -> database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND " + OURS)
                                .size()
                        == 1);
    }

    private void killOurs() {
        assertThat(database.column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OURS))
                .containsExactly("true");
    }

    private static Sink open(TestDatabase database) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults().withFields("n"));
    }

    private static List<EtlRecord> batch(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> TestRecords.json("m" + n, "{\"n\":" + n + "}"))
                .toList();
    }
}
