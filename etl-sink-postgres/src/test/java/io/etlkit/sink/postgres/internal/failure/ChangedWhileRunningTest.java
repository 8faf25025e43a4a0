package io.etlkit.sink.postgres.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresFixtures;
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

/** The table no longer fits: the batch is retried until somebody has fixed it, and does not become a dead letter. */
@ExtendWith(PostgresExtension.class)
class ChangedWhileRunningTest {
    private TestDatabase database;
    private int written;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE SCHEMA app; CREATE TABLE app.target (t varchar(40), n integer)");
    }

    @Test
    void aDroppedTable42P01() throws InterruptedException {
        try (Sink sink = open()) {
            sink.write(List.of(record("first")));
            database.execute("ALTER TABLE app.target RENAME TO away");
            assertHeld(sink, "SQLSTATE 42P01");
            assertHeld(sink, "table app.target does not exist");
            database.execute("ALTER TABLE app.away RENAME TO target");
            assertWritten(sink);
        }
    }

    @Test
    void aDroppedSchema3F000() throws InterruptedException {
        try (Sink sink = open()) {
            sink.write(List.of(record("first")));
            database.execute("ALTER SCHEMA app RENAME TO away");
            assertHeld(sink, "does not exist");
            assertHeld(sink, "table app.target does not exist");
            database.execute("ALTER SCHEMA away RENAME TO app");
            assertWritten(sink);
        }
        Map<String, Object> create = Map.of("schema", "create");
        assertThatThrownBy(() -> open("nowhere.target", create))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("SQLSTATE 3F000); create the schema, or correct it in the table's name");
    }

    @Test
    void aRevokedRight42501() throws InterruptedException {
        String user = database.name() + "_u";
        database.execute("CREATE USER " + user + " PASSWORD 'p'; GRANT USAGE ON SCHEMA app TO " + user
                + "; GRANT INSERT ON app.target TO " + user);
        try (Sink sink = open("app.target", Map.of("idempotency", "none", "user", user, "password", "p"))) {
            sink.write(List.of(record("first")));
            database.execute("REVOKE INSERT ON app.target FROM " + user);
            assertHeld(sink, "SQLSTATE 42501");
            assertHeld(sink, "SQLSTATE 42501");
            database.execute("GRANT INSERT ON app.target TO " + user);
            assertWritten(sink);
        } finally {
            database.execute("DROP OWNED BY " + user + "; DROP USER " + user);
        }
    }

    @Test
    void aDroppedUniqueIndex42P10() throws InterruptedException {
        database.execute("CREATE UNIQUE INDEX one ON app.target (t)");
        try (Sink sink = open("app.target", Map.of("key", List.of("t")))) {
            sink.write(List.of(record("first")));
            database.execute("DROP INDEX app.one");
            assertHeld(sink, "SQLSTATE 42P10");
            assertHeld(sink, "run: CREATE UNIQUE INDEX CONCURRENTLY ON \"app\".\"target\" (\"t\")");
            database.execute("CREATE UNIQUE INDEX one ON app.target (t)");
            assertWritten(sink);
        }
    }

    /** As behind a pooler that runs DISCARD ALL: for each write the server has lost the prepared statement. */
    @Test
    void aStatementThatTheServerLost26000() throws InterruptedException {
        database.execute("""
                CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN EXECUTE 'DEALLOCATE ALL'; RETURN NULL; END$$;
                CREATE TRIGGER forget AFTER INSERT ON app.target FOR EACH STATEMENT EXECUTE FUNCTION forget()
                """);
        try (Sink sink = open()) {
            for (int i = 0; i < 4; i++) {
                assertThat(sink.write(List.of(record("row" + i))).written()).hasSize(1);
            }
        }
        assertThat(database.count("app.target")).isEqualTo(4);
    }

    /** The statements return only the sink's own numbers, so no change of the table changes the type of a plan's result. */
    @Test
    void aChangedType0A000() throws InterruptedException {
        database.execute("CREATE UNIQUE INDEX one ON app.target (n)");
        try (Sink sink = open("app.target", Map.of("key", List.of("n")))) {
            sink.write(List.of(record("first")));
            database.execute("ALTER TABLE app.target ALTER n TYPE bigint, ALTER t TYPE text, ADD later text");
            assertWritten(sink);
        }
    }

    @Test
    void aNarrowedTypeRefusesTheRowsThatDoNotFit22001() throws InterruptedException {
        try (Sink sink = open()) {
            sink.write(List.of(record("fit")));
            database.execute("ALTER TABLE app.target ALTER t TYPE varchar(4)");

            assertThatThrownBy(() -> sink.write(List.of(record("s3cret"))))
                    .isInstanceOf(RejectedException.class)
                    .hasNoCause()
                    .hasMessage("too_long: the table refused the row (SQLSTATE 22001)");
            assertThat(sink.write(List.of(record("held"))).written()).hasSize(1);
        }
    }

    @Test
    void aColumnThatIsNoLongerNullableRefusesNulls23502() throws InterruptedException {
        try (Sink sink = open()) {
            EtlRecord withoutText = TestRecords.json("m", "{\"n\":1}");
            sink.write(List.of(withoutText));
            database.execute("DELETE FROM app.target; ALTER TABLE app.target ALTER t SET NOT NULL");

            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("other", "{\"n\":1}"))))
                    .isInstanceOf(RejectedException.class)
                    .hasNoCause()
                    .hasMessage("not_null_violation at t: the table refused the row (SQLSTATE 23502)");
        }
    }

    private static void assertHeld(Sink sink, String why) {
        assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("held", "{\"t\":\"held\",\"n\":-1}"))))
                .isInstanceOf(TransientException.class)
                .hasNoCause()
                .hasMessageContaining(why);
    }

    private static void assertWritten(Sink sink) throws InterruptedException {
        assertThat(sink.write(List.of(TestRecords.json("held", "{\"t\":\"held\",\"n\":-1}")))
                        .written())
                .hasSize(1);
    }

    private Sink open() {
        return open("app.target", Map.of());
    }

    private Sink open(String table, Map<String, Object> options) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, table, options),
                        TestContext.defaults().withFields("t", "n"));
    }

    private EtlRecord record(String text) {
        written++;
        return TestRecords.json("m" + written, "{\"t\":\"" + text + "\",\"n\":" + written + "}");
    }
}
