package io.etlkit.sink.postgres.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table's own key identifies rows; see {@code PostgresSinkByKeyContractTest} for the rest. */
@ExtendWith(PostgresExtension.class)
class KeyModeTest {
    private static final Map<String, Object> IGNORE = Map.of("key", List.of("k"));
    private static final Map<String, Object> UPDATE = Map.of("key", List.of("k"), "onConflict", "update");

    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Test
    void ignoreKeepsTheFirstRowInABatchAndInTheTable() throws InterruptedException {
        makeTable();
        EtlRecord first = record("m1", "a", 1);
        EtlRecord second = record("m2", "a", 2);
        try (Sink sink = open(IGNORE)) {
            WriteResult result = sink.write(List.of(first, second));
            assertThat(result.written()).containsExactly(first.delivery());
            assertThat(result.duplicate()).containsExactly(second.delivery());

            EtlRecord third = record("m3", "a", 3);
            assertThat(sink.write(List.of(third)).duplicate()).containsExactly(third.delivery());
        }
        assertThat(rows()).containsExactly("a=1");
    }

    /** Without collapsing them first, the server refuses to change a row twice in one statement (21000). */
    @Test
    void updateKeepsTheLastRowInABatchAndInTheTable() throws InterruptedException {
        makeTable();
        EtlRecord first = record("m1", "a", 1);
        EtlRecord last = record("m2", "a", 2);
        try (Sink sink = open(UPDATE)) {
            WriteResult result = sink.write(List.of(first, record("x", "b", 9), last));
            assertThat(result.written()).hasSize(2).contains(last.delivery());
            assertThat(result.duplicate()).containsExactly(first.delivery());
            assertThat(rows()).containsExactly("a=2", "b=9");

            assertThat(sink.write(List.of(record("m3", "a", 3))).written()).hasSize(1);
        }
        assertThat(rows()).containsExactly("a=3", "b=9");
    }

    @Test
    void updateDoesNotChangeColumnsThatThePipelineDoesNotWrite() throws InterruptedException {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer, note text DEFAULT 'new')");
        database.execute("INSERT INTO target VALUES ('a', 0, 'by hand')");
        try (Sink sink = open(UPDATE)) {
            sink.write(List.of(record("m1", "a", 1), record("m2", "b", 2)));
        }
        assertThat(database.column("SELECT concat(k, n, note) FROM target ORDER BY k"))
                .containsExactly("a1by hand", "b2new");
    }

    /** A redrive gives a message a new id; only the key recognises it. */
    @Test
    void findsADuplicateWithANewMessageId() throws InterruptedException {
        makeTable();
        try (Sink sink = open(IGNORE)) {
            sink.write(List.of(record("before the redrive", "a", 1)));

            assertThat(sink.write(List.of(record("after it", "a", 1))).duplicate())
                    .hasSize(1);
        }
    }

    @Test
    void writesASplitMessageAndRecognisesItByAllItsRows() throws InterruptedException {
        makeTable();
        EtlRecord split = record("split", "a", 1);
        EtlRecord other = split.withBody(record("x", "b", 2).body());
        try (Sink sink = open(IGNORE)) {
            sink.write(List.of(record("before", "a", 0)));
            assertThat(sink.write(List.of(split, other)).written()).containsExactly(split.delivery());

            assertThat(sink.write(List.of(split, other)).duplicate()).containsExactly(split.delivery());
        }
        assertThat(rows()).containsExactly("a=0", "b=2");
    }

    @Test
    void rejectsARecordWithoutAKeyByName() throws InterruptedException {
        database.execute("CREATE TABLE target (k text UNIQUE, n integer)");
        EtlRecord without = TestRecords.json("m1", "{\"n\":1}");
        EtlRecord withNull = TestRecords.json("m2", "{\"k\":null,\"n\":1}");
        try (Sink sink = open(IGNORE)) {
            WriteResult result = sink.write(List.of(without, withNull, record("m3", "a", 1)));

            assertThat(result.rejected().values())
                    .extracting(Object::toString)
                    .containsOnly(
                            "Rejection[reason=null_not_allowed, field=Optional[k], message=the column does not allow null]");
            assertThat(result.rejected()).hasSize(2);
        }
        assertThat(rows()).containsExactly("a=1");
    }

    /** The server decides what is equal: as stored, not as given, and in the column's collation. */
    @Test
    void writesOnceWhatIsEqualOnceStored() throws InterruptedException {
        database.execute(
                "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
                        + " CREATE TABLE target (k text COLLATE blind, d numeric(4,1), c char(4), n integer, PRIMARY KEY (k, d, c))");
        Map<String, Object> options = Map.of("key", List.of("c", "d", "k"), "onConflict", "update");
        PostgresSinkConfig config = PostgresFixtures.config(database, "target", options);
        List<EtlRecord> batch = List.of(
                TestRecords.json("m1", "{\"k\":\"ab\",\"d\":1.04,\"c\":\"x\",\"n\":1}"),
                TestRecords.json("m2", "{\"k\":\"AB\",\"d\":1.0,\"c\":\"x \",\"n\":2}"),
                TestRecords.json("m3", "{\"k\":\"Ab\",\"d\":0.96,\"c\":\"x\",\"n\":3}"));
        try (Sink sink =
                new PostgresSinkFactory().create(config, TestContext.defaults().withFields("k", "d", "c", "n"))) {
            WriteResult result = sink.write(batch);

            assertThat(result.written()).containsExactly(batch.get(2).delivery());
            assertThat(result.duplicate()).hasSize(2);
            assertThat(sink.write(batch).written()).containsExactly(batch.get(2).delivery());
        }
        assertThat(database.column("SELECT n FROM target")).containsExactly("3");
    }

    @Test
    void needsAUniqueIndexInAnyOrder() {
        database.execute("CREATE TABLE target (k text, n integer, UNIQUE (n, k))");

        open(Map.of("key", List.of("k", "n"))).close();
        assertThatThrownBy(() -> open(IGNORE))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "no unique index is on exactly (k), by which the sink finds rows that it has written: set schema:"
                                + " evolve, or run: CREATE UNIQUE INDEX CONCURRENTLY ON \"public\".\"target\" (\"k\")");
    }

    @Test
    void createsTheIndexOrSaysWhyItCannot() {
        database.execute("CREATE TABLE target (k text, n integer); INSERT INTO target VALUES ('a', 1), ('a', 2)");
        Map<String, Object> options = Map.of("key", List.of("k"), "schema", "evolve");

        assertThatThrownBy(() -> open(options))
                .isInstanceOf(StartupException.class)
                .hasNoCause()
                .hasMessageEndingWith(
                        "SQLSTATE 23505; existing rows have equal keys, so the unique index cannot be created: remove the duplicates, or use another key");
        database.execute("DELETE FROM target WHERE n = 2");
        open(options).close();
        assertThat(database.column("SELECT indexdef FROM pg_indexes WHERE tablename = 'target'"))
                .containsExactly("CREATE UNIQUE INDEX target_k_idx ON public.target USING btree (k)");
    }

    @Test
    void refusesAKeyThatIsNotProducedAndAnUpdateWithoutColumns() {
        makeTable();

        assertThatThrownBy(() -> open(Map.of("key", List.of("k", "other"))))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("key names other, which the pipeline does not produce");
        assertThatThrownBy(() -> open(Map.of("key", List.of("k", "n"), "onConflict", "update")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("onConflict: update has nothing to update");
    }

    @Test
    void endsWithoutTheRightsThatItNeeds() {
        makeTable();
        String user = database.name() + "_u";
        database.execute("CREATE USER " + user + " PASSWORD 'p'; GRANT INSERT ON target TO " + user);
        Map<String, Object> options =
                Map.of("key", List.of("k"), "onConflict", "update", "user", user, "password", "p");
        try {
            assertThatThrownBy(() -> open(options))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("user " + user + " may not select the key of public.target: GRANT SELECT ON"
                            + " \"public\".\"target\" TO \"" + user + "\"");
            database.execute("GRANT SELECT (k) ON target TO " + user);
            assertThatThrownBy(() -> open(options))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("user " + user
                            + " may not update public.target: GRANT UPDATE ON \"public\".\"target\" TO \"" + user
                            + "\"");
            database.execute("GRANT UPDATE (n) ON target TO " + user);
            open(options).close();
        } finally {
            database.execute("DROP OWNED BY " + user + "; DROP USER " + user);
        }
    }

    @Test
    void doesNotWritePastARecordWithoutAKeyInItsGroup() {
        makeTable();
        EtlRecord refused = ordered(TestRecords.json("m1", "{\"n\":1}"));
        try (Sink sink = open(UPDATE)) {
            assertThatThrownBy(() -> sink.write(List.of(refused, ordered(record("m2", "a", 2)))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("null_not_allowed");
        }
        assertThat(rows()).isEmpty();
    }

    /** Without sorting, they would lock each other's rows. */
    @Test
    void updatesOverlappingBatchesOfManyWritersWithoutDeadlock() throws InterruptedException, ExecutionException {
        makeTable();
        int writers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Random random = new Random(writer);
                counts.add(threads.submit(() -> updateShuffled(random)));
            }
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isEqualTo(20 * 100);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.count("target")).isEqualTo(100);
        assertThat(database.column("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .containsExactly("0");
    }

    private int updateShuffled(Random random) throws InterruptedException {
        int written = 0;
        try (Sink sink = open(UPDATE)) {
            for (int round = 0; round < 20; round++) {
                List<EtlRecord> batch = new ArrayList<>(IntStream.range(0, 100)
                        .mapToObj(n -> record("m" + n, "k" + n, n))
                        .toList());
                Collections.shuffle(batch, random);
                written += sink.write(batch).written().size();
            }
        }
        return written;
    }

    private static EtlRecord ordered(EtlRecord record) {
        return record.withHeader("groupId", Value.of("g")).withHeader("sequenceNumber", Value.of("1"));
    }

    private void makeTable() {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer)");
    }

    private List<String> rows() {
        return database.column("SELECT k || '=' || n FROM target ORDER BY k");
    }

    private Sink open(Map<String, Object> options) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", options),
                        TestContext.defaults().withFields("k", "n"));
    }

    private static EtlRecord record(String id, String key, int n) {
        return TestRecords.json(id, "{\"k\":\"" + key + "\",\"n\":" + n + "}");
    }
}
