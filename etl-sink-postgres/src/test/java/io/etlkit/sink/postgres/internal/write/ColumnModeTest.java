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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table has a column for the message's id; see {@code PostgresSinkByColumnContractTest} for the rest. */
@ExtendWith(PostgresExtension.class)
class ColumnModeTest {
    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Test
    void namesOnlyTheDuplicatesOfAMixedBatch() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer, message_id text UNIQUE)");
        EtlRecord seen = record("seen", 1);
        EtlRecord fresh = record("fresh", 2);
        try (Sink sink = open(Map.of("idempotency", "column"))) {
            sink.write(List.of(seen));
            EtlRecord again = TestRecords.redelivered(seen);
            EtlRecord twice = TestRecords.redelivered(fresh);
            WriteResult result = sink.write(List.of(again, fresh, twice));

            assertThat(result.written()).containsExactly(fresh.delivery());
            assertThat(result.duplicate()).containsExactlyInAnyOrder(again.delivery(), twice.delivery());
        }
        assertThat(database.column("SELECT message_id || n FROM target ORDER BY n"))
                .containsExactly("seen1", "fresh2");
    }

    /** The ids of SQS are UUIDs: 16 bytes in the index, and upper and lower case are equal. */
    @Test
    void writesTheIdToAColumnOfAnotherType() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer, msg uuid UNIQUE)");
        EtlRecord lower = record("0b1d3a60-8f1e-4f5e-9c7b-0a1b2c3d4e5f", 1);
        EtlRecord upper = record("0B1D3A60-8F1E-4F5E-9C7B-0A1B2C3D4E5F", 2);
        EtlRecord none = record("no uuid", 3);
        try (Sink sink = open(Map.of("column", "msg"))) {
            WriteResult result = sink.write(List.of(lower, upper, none));

            assertThat(result.written()).containsExactly(lower.delivery());
            assertThat(result.duplicate()).containsExactly(upper.delivery());
            assertThat(result.rejected().get(none.delivery()))
                    .hasToString("Rejection[reason=not_a_uuid, field=Optional[msg], message=the text is not a UUID]");
        }
    }

    @Test
    void needsAUniqueIndexOnOnlyThatColumn() {
        database.execute("CREATE TABLE target (n integer, message_id text, UNIQUE (message_id, n));"
                + " CREATE UNIQUE INDEX ON target (message_id) WHERE n > 0;"
                + " CREATE UNIQUE INDEX ON target (lower(message_id));"
                + " CREATE INDEX ON target (message_id);"
                + " ALTER TABLE target ADD UNIQUE (message_id) DEFERRABLE");

        assertThatThrownBy(() -> open(Map.of("idempotency", "column")))
                .isInstanceOf(StartupException.class)
                .hasMessage("""
                        table target does not fit the pipeline:
                          - no unique index is on exactly (message_id), by which the sink finds rows that it has written: set schema: \
                        evolve, or run: CREATE UNIQUE INDEX CONCURRENTLY ON "public"."target" ("message_id")""");
    }

    @Test
    void acceptsAnIndexWithIncludedColumns() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer, message_id text);"
                + " CREATE UNIQUE INDEX ON target (message_id) INCLUDE (n)");

        try (Sink sink = open(Map.of("idempotency", "column"))) {
            assertThat(sink.write(List.of(record("one", 1))).written()).hasSize(1);
        }
    }

    @Test
    void addsTheColumnAndItsIndex() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer); INSERT INTO target VALUES (1), (2)");
        Map<String, Object> options = Map.of("idempotency", "column", "schema", "evolve");
        EtlRecord record = record("one", 3);
        try (Sink sink = open(options)) {
            sink.write(List.of(record));
        }
        try (Sink sink = open(options)) {
            assertThat(sink.write(List.of(record)).duplicate()).hasSize(1);
        }
        assertThat(database.count("target")).isEqualTo(3);
    }

    @Test
    void createsATableWithTheDeclaredType() throws InterruptedException {
        Map<String, Object> options =
                Map.of("column", "msg", "schema", "create", "columns", Map.of("n", "integer", "msg", "varchar(5)"));
        try (Sink sink = open(options)) {
            EtlRecord longId = record("longer than five", 1);
            WriteResult result = sink.write(List.of(longId, record("short", 2)));

            assertThat(result.rejected().get(longId.delivery()).reason()).isEqualTo("too_long");
        }
        assertThat(database.column("SELECT indexdef FROM pg_indexes WHERE tablename = 'target'"))
                .containsExactly("CREATE UNIQUE INDEX target_msg_idx ON public.target USING btree (msg)");
    }

    @Test
    void refusesAFieldOfTheSameName() {
        database.execute("CREATE TABLE target (n integer UNIQUE)");

        assertThatThrownBy(() -> open(Map.of("column", "n")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "column n is filled from the message, and the pipeline produces a field of that name: rename the field, or use another column");
    }

    @Test
    void doesNotTakeTheIdFromTheBodyWhenNoFieldsAreDeclared() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer, message_id text UNIQUE)");
        PostgresSinkConfig config = PostgresFixtures.config(database, "target", Map.of("idempotency", "column"));
        try (Sink sink = new PostgresSinkFactory().create(config, TestContext.defaults())) {
            EtlRecord forged = TestRecords.json("one", "{\"n\":1,\"message_id\":\"other\"}");
            WriteResult result = sink.write(List.of(forged, record("two", 2)));

            assertThat(result.rejected().get(forged.delivery()).reason()).isEqualTo("unknown_column");
            assertThat(result.written()).hasSize(1);
        }
    }

    @Test
    void rejectsARowThatAnotherUniqueIndexRefuses() throws InterruptedException {
        database.execute("CREATE TABLE target (n integer UNIQUE, message_id text UNIQUE)");
        try (Sink sink = open(Map.of("idempotency", "column"))) {
            sink.write(List.of(record("one", 1)));

            assertThatThrownBy(() -> sink.write(List.of(record("two", 1), record("three", 3))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("constraint target_n_key (SQLSTATE 23505)");
        }
        assertThat(database.count("target")).isEqualTo(1);
    }

    /** By name it would be written past: the whole batch is refused, and the engine finds the one at fault. */
    @Test
    void doesNotWritePastASplitMessageOfAGroup() {
        database.execute("CREATE TABLE target (n integer, message_id text UNIQUE)");
        EtlRecord split = ordered(record("split", 1));
        try (Sink sink = open(Map.of("idempotency", "column"))) {
            assertThatThrownBy(() -> sink.write(List.of(split, split, ordered(record("later", 2)))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("split_message");
        }
        assertThat(database.count("target")).isZero();
    }

    private static EtlRecord ordered(EtlRecord record) {
        return record.withHeader("groupId", Value.of("g")).withHeader("sequenceNumber", Value.of("1"));
    }

    private Sink open(Map<String, Object> options) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", options),
                        TestContext.defaults().withFields("n"));
    }

    private static EtlRecord record(String id, int n) {
        return TestRecords.json(id, "{\"n\":" + n + "}");
    }
}
