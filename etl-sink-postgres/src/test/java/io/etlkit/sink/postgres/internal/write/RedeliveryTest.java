package io.etlkit.sink.postgres.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RedeliveryTest {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (n integer)");
    }

    @Test
    void writesOnlyTheNewOnesOfAMixedBatchWithAllTheirRows() throws InterruptedException {
        EtlRecord seen = record("seen", 1);
        EtlRecord fresh = record("fresh", 2);
        try (Sink sink = open("test")) {
            sink.write(List.of(seen, seen.withBody(record("", 10).body())));
            EtlRecord again = TestRecords.redelivered(seen);
            WriteResult result = sink.write(List.of(
                    fresh,
                    again,
                    fresh.withBody(record("", 20).body()),
                    again.withBody(record("", 10).body())));

            assertThat(result.written()).containsExactly(fresh.delivery());
            assertThat(result.duplicate()).containsExactly(again.delivery());
        }
        assertThat(database.column("SELECT n FROM target ORDER BY n")).containsExactly("1", "2", "10", "20");
    }

    @Test
    void writesAMessageOnceThatIsTwiceInABatch() throws InterruptedException {
        EtlRecord record = record("one", 1);
        EtlRecord again = TestRecords.redelivered(record);
        try (Sink sink = open("test")) {
            WriteResult result = sink.write(List.of(record, again));

            assertThat(result.written()).containsExactly(record.delivery());
            assertThat(result.duplicate()).containsExactly(again.delivery());
        }
        assertThat(database.count("target")).isEqualTo(1);
    }

    @Test
    void rejectsADeliveryWholeWhenOneOfItsRowsIsBad() throws InterruptedException {
        EtlRecord split = record("split", 1);
        EtlRecord good = record("good", 2);
        try (Sink sink = open("test")) {
            WriteResult result = sink.write(List.of(
                    split,
                    good,
                    split.withBody(
                            TestRecords.json("x", "{\"n\":\"no number\"}").body())));

            assertThat(result.rejected()).containsOnlyKeys(split.delivery());
            assertThat(result.written()).containsExactly(good.delivery());
        }
        assertThat(database.column("SELECT n FROM target")).containsExactly("2");
    }

    @Test
    void keepsPipelinesApart() throws InterruptedException {
        EtlRecord record = record("one", 1);
        try (Sink one = open("one");
                Sink other = open("other")) {
            assertThat(one.write(List.of(record)).written()).hasSize(1);
            assertThat(other.write(List.of(record)).written()).hasSize(1);
        }
    }

    @Test
    void rejectsAMessageWhoseIdCannotBeStored() throws InterruptedException {
        EtlRecord record = record("one", 1);
        EtlRecord odd = new EtlRecord(
                new DeliveryId("d"), new RecordKey("a\0b", TestRecords.SENT_AT), record.body(), record.headers());
        try (Sink sink = open("test")) {
            WriteResult result = sink.write(List.of(record, odd));

            assertThat(result.written()).containsExactly(record.delivery());
            assertThat(result.rejected().values()).extracting("reason").containsExactly("invalid_key");
        }
    }

    /** Without sorting, nearly every round deadlocks. */
    @Test
    void writesOverlappingBatchesOfManyWritersOnceAndWithoutDeadlock() throws InterruptedException, ExecutionException {
        int writers = 4;
        int rounds = 20;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Random random = new Random(writer);
                counts.add(threads.submit(() -> writeShuffled(random, rounds)));
            }
            int written = 0;
            for (Future<Integer> count : counts) {
                written += count.get();
            }
            assertThat(written).isEqualTo(rounds * 100);
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.count("target")).isEqualTo(rounds * 100L);
        assertThat(database.column("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .containsExactly("0");
    }

    private int writeShuffled(Random random, int rounds) throws InterruptedException {
        int written = 0;
        try (Sink sink = open("test")) {
            for (int round = 0; round < rounds; round++) {
                int first = round * 100;
                List<EtlRecord> batch = new ArrayList<>(IntStream.range(first, first + 100)
                        .mapToObj(n -> record("m" + n, n))
                        .toList());
                Collections.shuffle(batch, random);
                written += sink.write(batch).written().size();
            }
        }
        return written;
    }

    private Sink open(String pipeline) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults().withPipeline(pipeline).withFields("n"));
    }

    private static EtlRecord record(String id, int n) {
        return TestRecords.json(id.isEmpty() ? "x" : id, "{\"n\":" + n + "}");
    }
}
