package io.etlkit.sink.postgres.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.ManualClock;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LedgerTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T23:59:00Z"));
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (n integer)");
    }

    @Test
    void createsPartitionsAheadAndForAnyOtherDayOnDemand() throws InterruptedException {
        try (Sink sink = open()) {
            assertThat(partitions())
                    .containsExactly("etl_ledger_20260301", "etl_ledger_20260302", "etl_ledger_20260303");

            sink.write(List.of(sent("old", "2026-02-20T00:00:00Z"), sent("older", "2025-12-31T23:59:59.999Z")));

            assertThat(partitions()).contains("etl_ledger_20260220", "etl_ledger_20251231");
            assertThat(database.count("etl_ledger_20251231")).isEqualTo(1);
        }
    }

    @Test
    void continuesOverMidnightAndDropsPartitionsThatNoQueueNeeds() throws InterruptedException {
        EtlRecord first = sent("first", "2026-03-01T23:58:00Z");
        try (Sink sink = open()) {
            sink.write(List.of(first));
            clock.advance(Duration.ofDays(15));
            sink.write(List.of(sent("second", "2026-03-16T23:58:00Z")));
            assertThat(sink.write(List.of(TestRecords.redelivered(first))).duplicate())
                    .hasSize(1);

            clock.advance(Duration.ofDays(1));
            await().untilAsserted(() -> {
                // maintenance of the day before may still run
                sink.write(List.of(sent("third", "2026-03-17T23:58:00Z")));
                assertThat(partitions())
                        .doesNotContain("etl_ledger_20260301")
                        .contains("etl_ledger_20260302", "etl_ledger_20260316", "etl_ledger_20260319");
            });
        }
    }

    /** A message may be older than a queue keeps it: from another source, or with a wrong clock. */
    @Test
    void keepsAnOldPartitionThatWasCreatedToday() throws InterruptedException {
        EtlRecord old = sent("old", "2020-01-01T00:00:00Z");
        try (Sink sink = open()) {
            sink.write(List.of(old));
        }
        try (Sink sink = open()) {
            assertThat(sink.write(List.of(TestRecords.redelivered(old))).duplicate())
                    .hasSize(1);
        }
        clock.advance(Duration.ofDays(16));
        open().close();
        assertThat(partitions()).doesNotContain("etl_ledger_20200101");
    }

    @Test
    void leavesAPartitionInUseForTheNextDay() throws Exception {
        open().close();
        clock.advance(Duration.ofDays(20));
        try (var reader = database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM etl_ledger");
            open().close();
            assertThat(partitions()).contains("etl_ledger_20260301");
            reader.rollback();
        }
        open().close();
        assertThat(partitions()).doesNotContain("etl_ledger_20260301");
    }

    @Test
    void createsAPartitionAgainAfterSomebodyDroppedIt() throws InterruptedException {
        EtlRecord record = sent("one", "2026-03-01T12:00:00Z");
        try (Sink sink = open()) {
            database.execute("DROP TABLE etl_ledger_20260301");

            assertThatThrownBy(() -> sink.write(List.of(record)))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("has no partition in public.etl_ledger: the next try creates it");
            assertThat(sink.write(List.of(record)).written()).hasSize(1);
        }
        assertThat(database.count("target")).isEqualTo(1);
    }

    @Test
    void isCreatedOnceWhenManyLanesStart() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<Integer>> writes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                EtlRecord record = sent("m" + i, "2025-11-11T11:11:11Z");
                writes.add(threads.submit(() -> {
                    try (Sink sink = open()) {
                        return sink.write(List.of(record)).written().size();
                    }
                }));
            }
            for (Future<Integer> write : writes) {
                assertThat(write.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(partitions()).hasSize(4);
    }

    @Test
    void refusesALedgerOfANewerVersion() {
        open().close();
        database.execute("COMMENT ON TABLE etl_ledger IS 'etlkit ledger, version 2: with something else in it'");

        assertThatThrownBy(this::open)
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "the ledger public.etl_ledger was created by a newer etlkit: it has version 2, and this etlkit supports version 1; upgrade this etlkit");
    }

    @Test
    void refusesALedgerWithoutItsPrimaryKey() {
        database.execute(
                "CREATE TABLE etl_ledger (sent_at timestamptz, pipeline text, id text, UNIQUE (sent_at, pipeline))");

        assertThatThrownBy(this::open)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("it has no primary key (sent_at, pipeline, id)");
    }

    private List<String> partitions() {
        return database.column(
                "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'etl_ledger'::regclass ORDER BY 1");
    }

    private Sink open() {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults().withClock(clock).withFields("n"));
    }

    private static EtlRecord sent(String id, String at) {
        EtlRecord record = TestRecords.json(id, "{\"n\":1}");
        return new EtlRecord(new DeliveryId(id), new RecordKey(id, Instant.parse(at)), record.body(), record.headers());
    }
}
