package io.etlkit.sink.postgres.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.ManualClock;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger's daily maintenance. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class LedgerMaintenanceTest {
    private static final String PAST = "etl_ledger_20260301";
    private static final String UPKEEP =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'etlkit/test maintenance' AND datname = current_database()";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T23:59:00Z"));
    private TestDatabase database;
    private int written;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (n integer)");
    }

    @Test
    void runsAtMidnightOnAConnectionThatEndsWithIt() throws InterruptedException {
        try (Sink sink = open(0)) {
            clock.advance(Duration.ofMinutes(2));
            sink.write(List.of(record()));

            await().untilAsserted(() -> assertThat(partitions()).contains("etl_ledger_20260304"));
            await().untilAsserted(() -> assertThat(threads()).isEmpty());
            await().untilAsserted(() -> assertThat(database.column(UPKEEP)).isEmpty());
        }
    }

    @Test
    void writesContinueWhileAnOldPartitionIsInUse() throws Exception {
        try (Sink sink = open(0);
                Connection reader = read(PAST)) {
            clock.advance(Duration.ofDays(17));
            for (int i = 0; i < 50; i++) {
                assertThat(sink.write(List.of(record())).written()).hasSize(1);
            }
            await().untilAsserted(() -> assertThat(database.column(UPKEEP)).hasSize(1));
            assertThat(partitions()).contains(PAST);

            reader.rollback();
            await().untilAsserted(() -> assertThat(partitions()).doesNotContain(PAST));
        }
    }

    @Test
    void closeEndsItAndLeavesNoThreadBehind() throws Exception {
        Sink sink = open(0);
        try (Connection reader = read(PAST)) {
            clock.advance(Duration.ofDays(17));
            sink.write(List.of(record()));
            await().untilAsserted(() -> assertThat(database.column(UPKEEP)).hasSize(1));

            sink.close();

            assertThat(threads()).isEmpty();
            await().untilAsserted(() -> assertThat(database.column(UPKEEP)).isEmpty());
            reader.rollback();
        }
        assertThat(partitions()).contains(PAST);
    }

    @Test
    void manyLanesRunItAtOnceWithoutConflict() throws Exception {
        List<Sink> sinks = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int i = 0; i < 6; i++) {
                sinks.add(open(i));
            }
            for (int day = 0; day < 20; day++) {
                clock.advance(Duration.ofDays(1));
                writeOnAll(sinks, threads);
            }
            await().untilAsserted(() -> {
                // maintenance of the day before may still run
                writeOnAll(sinks, threads);
                assertThat(partitions())
                        .doesNotContain(PAST, "etl_ledger_20260305")
                        .contains("etl_ledger_20260306", "etl_ledger_20260323");
            });
        } finally {
            threads.shutdownNow();
            sinks.forEach(Sink::close);
        }
        assertThat(database.count("target")).isEqualTo(written);
    }

    private void writeOnAll(List<Sink> sinks, ExecutorService threads) throws Exception {
        List<Future<Integer>> writes = new ArrayList<>();
        for (Sink sink : sinks) {
            EtlRecord record = record();
            writes.add(
                    threads.submit(() -> sink.write(List.of(record)).written().size()));
        }
        for (Future<Integer> write : writes) {
            assertThat(write.get()).isEqualTo(1);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("etl-test-lane-") && name.endsWith("-ledger"))
                .toList();
    }

    private Connection read(String partition) throws SQLException {
        Connection reader = database.connect();
        reader.setAutoCommit(false);
        reader.createStatement().execute("SELECT * FROM " + partition);
        return reader;
    }

    private List<String> partitions() {
        return database.column(
                "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'etl_ledger'::regclass ORDER BY 1");
    }

    private Sink open(int lane) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults()
                                .withLane(lane, 6)
                                .withClock(clock)
                                .withFields("n"));
    }

    private EtlRecord record() {
        String id = "m" + written++;
        EtlRecord record = TestRecords.json(id, "{\"n\":1}");
        return new EtlRecord(new DeliveryId(id), new RecordKey(id, clock.instant()), record.body(), record.headers());
    }
}
