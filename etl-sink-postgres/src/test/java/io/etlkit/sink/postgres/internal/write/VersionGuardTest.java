package io.etlkit.sink.postgres.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An older message that is redelivered must not overwrite what a newer one wrote. */
@ExtendWith(PostgresExtension.class)
class VersionGuardTest {
    private static final String LOW = "18849496460467696128";
    private static final String HIGH = "18849496460467696383";

    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    /** After a crash between the commit and the delete, the queue delivers the older message of the group again. */
    @Test
    void anOlderMessageThatComesAgainIsADuplicate() throws InterruptedException {
        makeTable();
        EtlRecord older = sequenced("m1", 1, LOW);
        EtlRecord newer = sequenced("m2", 2, HIGH);
        try (Sink sink = open("check")) {
            sink.write(List.of(older));
            assertThat(sink.write(List.of(newer)).written()).hasSize(1);

            assertThat(sink.write(List.of(TestRecords.redelivered(older))).duplicate())
                    .hasSize(1);
            assertThat(sink.write(List.of(TestRecords.redelivered(newer))).duplicate())
                    .hasSize(1);
        }
        assertThat(rows()).containsExactly("a=2@" + HIGH);
    }

    @Test
    void withoutVersionTheOlderOneOverwrites() throws InterruptedException {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer)");
        EtlRecord older = sequenced("m1", 1, LOW);
        PostgresSinkConfig config =
                PostgresFixtures.config(database, "target", Map.of("key", List.of("k"), "onConflict", "update"));
        try (Sink sink =
                new PostgresSinkFactory().create(config, TestContext.defaults().withFields("k", "n"))) {
            sink.write(List.of(older));
            sink.write(List.of(sequenced("m2", 2, HIGH)));

            assertThat(sink.write(List.of(TestRecords.redelivered(older))).written())
                    .hasSize(1);
        }
        assertThat(database.column("SELECT n FROM target")).containsExactly("1");
    }

    @Test
    void theHighestOfABatchIsKeptWhereverItStands() throws InterruptedException {
        makeTable();
        EtlRecord newer = sequenced("m2", 2, "100");
        EtlRecord older = sequenced("m1", 1, "99");
        try (Sink sink = open("check")) {
            WriteResult result = sink.write(List.of(newer, older));

            assertThat(result.written()).containsExactly(newer.delivery());
            assertThat(result.duplicate()).containsExactly(older.delivery());
        }
        assertThat(rows()).containsExactly("a=2@100");
    }

    @Test
    void withoutASequenceTheTimeSentDecides() throws InterruptedException {
        makeTable();
        try (Sink sink = open("check")) {
            sink.write(List.of(sent("m2", 2, "2026-01-02T00:00:00.001Z")));

            assertThat(sink.write(List.of(sent("m1", 1, "2026-01-02T00:00:00Z")))
                            .duplicate())
                    .hasSize(1);
            assertThat(sink.write(List.of(sent("m3", 3, "2026-01-02T00:00:00.002Z")))
                            .written())
                    .hasSize(1);
        }
        assertThat(rows()).containsExactly("a=3@1767312000002");
    }

    @Test
    void anExistingRowWithoutVersionIsUpdated() throws InterruptedException {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer); INSERT INTO target VALUES ('a', 0)");
        try (Sink sink = open("evolve")) {
            sink.write(List.of(sequenced("m1", 1, LOW)));
        }
        assertThat(rows()).containsExactly("a=1@" + LOW);
    }

    @Test
    void aSequenceThatIsNotANumberIsRejected() throws InterruptedException {
        makeTable();
        EtlRecord odd = sequenced("m1", 1, "s3cret");
        EtlRecord endless = sequenced("m2", 1, "1".repeat(21));
        try (Sink sink = open("check")) {
            WriteResult result = sink.write(List.of(odd, endless));

            assertThat(result.rejected().values())
                    .extracting("reason")
                    .containsExactly("invalid_sequence", "invalid_sequence");
            assertThat(result.rejected().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void aColumnTooNarrowForASequenceIsRefusedOrChanged() {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer, v bigint)");

        assertThatThrownBy(() -> open("check"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("column v is bigint, and version needs 20 digits: set schema: evolve, or run:"
                        + " ALTER TABLE \"public\".\"target\" ALTER COLUMN \"v\" TYPE numeric(20,0)");
        open("evolve").close();
        open("check").close();
    }

    private void makeTable() {
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer, v numeric(20))");
    }

    private List<String> rows() {
        return database.column("SELECT k || '=' || n || '@' || v FROM target ORDER BY k");
    }

    private Sink open(String schema) {
        PostgresSinkConfig config = PostgresFixtures.config(
                database,
                "target",
                Map.of("key", List.of("k"), "onConflict", "update", "version", "v", "schema", schema));
        return new PostgresSinkFactory().create(config, TestContext.defaults().withFields("k", "n"));
    }

    private static EtlRecord sequenced(String id, int n, String sequence) {
        return record(id, n).withHeader("groupId", Value.of("a")).withHeader("sequenceNumber", Value.of(sequence));
    }

    private static EtlRecord sent(String id, int n, String at) {
        EtlRecord record = record(id, n);
        return new EtlRecord(new DeliveryId(id), new RecordKey(id, Instant.parse(at)), record.body(), record.headers());
    }

    private static EtlRecord record(String id, int n) {
        return TestRecords.json(id, "{\"k\":\"a\",\"n\":" + n + "}");
    }
}
