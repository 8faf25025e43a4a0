package io.etlkit.sink.postgres.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that only the server can refuse. It quotes the row; the sink does not. */
@ExtendWith(PostgresExtension.class)
class RefusedRowsTest {
    private static final EtlRecord SECRET = TestRecords.json("one", "{\"t\":\"s3cret\"}");

    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Test
    void aViolatedCheck() {
        database.execute("CREATE TABLE target (t text CONSTRAINT short CHECK (length(t) < 3))");

        assertThat(rejected())
                .hasMessage("check_violation: the table refused the row, constraint short (SQLSTATE 23514)");
    }

    @Test
    void aViolatedKeyOfTheTable() throws InterruptedException {
        database.execute("CREATE TABLE target (t text PRIMARY KEY)");
        try (Sink sink = open()) {
            sink.write(List.of(SECRET));
            EtlRecord another = TestRecords.json("two", "{\"t\":\"s3cret\"}");

            assertThatThrownBy(() -> sink.write(List.of(another)))
                    .isInstanceOf(RejectedException.class)
                    .hasNoCause()
                    .hasMessage("unique_violation: the table refused the row, constraint target_pkey (SQLSTATE 23505)");
            assertThat(database.count("etl_ledger")).isEqualTo(1);
        }
    }

    @Test
    void aRowThatExcludesAnother() throws InterruptedException {
        database.execute("CREATE TABLE target (t inet, EXCLUDE USING gist (t inet_ops WITH &&))");
        try (Sink sink = open()) {
            sink.write(List.of(TestRecords.json("one", "{\"t\":\"10.0.0.0/8\"}")));

            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("two", "{\"t\":\"10.1.2.3\"}"))))
                    .isInstanceOf(RejectedException.class)
                    .hasNoCause()
                    .hasMessage(
                            "exclusion_violation: the table refused the row, constraint target_t_excl (SQLSTATE 23P01)");
        }
    }

    @Test
    void aRowOutsideAViewsCheckOption() throws InterruptedException {
        database.execute("CREATE TABLE behind (t text); CREATE VIEW target AS SELECT t FROM behind WHERE length(t) < 3"
                + " WITH CHECK OPTION");

        assertThat(rejected()).hasMessage("with_check_option_violation: the table refused the row (SQLSTATE 44000)");
    }

    @Test
    void aValueTooLargeForAnIndex() throws InterruptedException {
        database.execute("CREATE TABLE target (t text)");
        database.execute("CREATE INDEX ON target (t)");
        StringBuilder text = new StringBuilder();
        new Random(1).ints(20_000, 'a', 'z' + 1).forEach(text::appendCodePoint);
        try (Sink sink = open()) {
            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("one", "{\"t\":\"" + text + "\"}"))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("sqlstate_54000: the table refused the row (SQLSTATE 54000)");
        }
    }

    /** A trigger may make different rows equal. Written one after the other, they are accepted. */
    @Test
    void rowsThatATriggerMakesEqualAreRefusedTogetherOnly() throws InterruptedException {
        database.execute("""
                CREATE TABLE target (t text PRIMARY KEY, n integer);
                CREATE FUNCTION fold() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.t = lower(NEW.t); RETURN NEW; END$$;
                CREATE TRIGGER fold BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION fold()
                """);
        PostgresSinkConfig config =
                PostgresFixtures.config(database, "target", Map.of("key", List.of("t"), "onConflict", "update"));
        EtlRecord upper = TestRecords.json("one", "{\"t\":\"A\",\"n\":1}");
        EtlRecord lower = TestRecords.json("two", "{\"t\":\"a\",\"n\":2}");
        try (Sink sink =
                new PostgresSinkFactory().create(config, TestContext.defaults().withFields("t", "n"))) {
            assertThatThrownBy(() -> sink.write(List.of(upper, lower)))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("SQLSTATE 21000");
            sink.write(List.of(upper));
            sink.write(List.of(lower));
        }
        assertThat(database.column("SELECT t || n FROM target")).containsExactly("a2");
    }

    @Test
    void textThatIsNotAValueOfItsType() {
        database.execute("CREATE TABLE target (t inet)");

        assertThat(rejected()).hasMessage("invalid_text_representation: the table refused the row (SQLSTATE 22P02)");
    }

    @Test
    void anExceptionOfATrigger() {
        database.execute("""
                CREATE TABLE target (t text);
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE EXCEPTION 'no %', NEW.t USING COLUMN = NEW.t, CONSTRAINT = NEW.t; END$$;
                CREATE TRIGGER refuse BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION refuse()
                """);

        assertThat(rejected()).hasMessage("raise_exception: the table refused the row (SQLSTATE P0001)");
    }

    @Test
    void aRowThatRefersToAMissingRowIsRetriedFirst() throws InterruptedException {
        database.execute("CREATE TABLE parent (t text PRIMARY KEY); CREATE TABLE target (t text REFERENCES parent)");
        try (Sink sink = open()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> sink.write(List.of(SECRET)))
                        .isInstanceOf(TransientException.class)
                        .hasMessageContaining("SQLSTATE 23503")
                        .hasMessageNotContaining("s3cret");
            }
            assertThatThrownBy(() -> sink.write(List.of(SECRET)))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("foreign_key_violation");

            database.execute("INSERT INTO parent VALUES ('s3cret')");
            assertThat(sink.write(List.of(SECRET)).written()).hasSize(1);
        }
    }

    @Test
    void aRowWithoutPartitionIsRetriedAndNeverRejected() throws InterruptedException {
        database.execute("CREATE TABLE target (t text) PARTITION BY LIST (t)");
        try (Sink sink = open()) {
            assertThatThrownBy(() -> sink.write(List.of(SECRET)))
                    .isInstanceOf(TransientException.class)
                    .hasMessage("a row of the batch has no partition in target: create it; the batch is retried");

            database.execute("CREATE TABLE target_s PARTITION OF target FOR VALUES IN ('s3cret')");
            assertThat(sink.write(List.of(SECRET)).written()).hasSize(1);
        }
    }

    @Test
    void aColumnDroppedWhileRunningIsRetried() throws InterruptedException {
        database.execute("CREATE TABLE target (t text)");
        try (Sink sink = open()) {
            sink.write(List.of(TestRecords.json("zero", "{\"t\":\"a\"}")));
            database.execute("ALTER TABLE target RENAME COLUMN t TO gone");

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> sink.write(List.of(SECRET)))
                        .isInstanceOf(TransientException.class)
                        .hasMessageContaining("does not exist");
            }
            database.execute("ALTER TABLE target RENAME COLUMN gone TO t");
            assertThat(sink.write(List.of(SECRET)).written()).hasSize(1);
        }
    }

    @Test
    void aColumnWidenedWhileRunningIsUsed() throws InterruptedException {
        database.execute("CREATE TABLE target (t varchar(40))");
        try (Sink sink = open()) {
            sink.write(List.of(TestRecords.json("zero", "{\"t\":\"a\"}")));
            database.execute("ALTER TABLE target ALTER COLUMN t TYPE text, ADD COLUMN later text DEFAULT 'x'");

            assertThat(sink.write(List.of(SECRET)).written()).hasSize(1);
        }
    }

    @Test
    void aFieldThatIsNotAColumnIsNotNamed() throws InterruptedException {
        database.execute("CREATE TABLE target (t text, u text)");
        try (Sink sink = open()) {
            EtlRecord odd = TestRecords.json("odd", "{\"s3cret\":1}");

            assertThat(sink.write(List.of(odd)).rejected().values())
                    .hasToString(
                            "[Rejection[reason=unknown_column, field=Optional.empty, message=a field is not a column of the table; the sink writes t]]");
        }
    }

    private RejectedException rejected() {
        try (Sink sink = open()) {
            RejectedException thrown = catchThrowableOfType(RejectedException.class, () -> sink.write(List.of(SECRET)));
            assertThat(thrown).hasNoCause();
            assertThat(database.count("etl_ledger")).isZero();
            return thrown;
        }
    }

    private Sink open() {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target"),
                        TestContext.defaults().withFields("t"));
    }
}
