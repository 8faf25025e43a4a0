package io.etlkit.sink.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.sink.postgres.SchemaMode;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SchemaModeTest {
    private static final TestContext CONTEXT = TestContext.defaults().withFields("user_id", "app_version");
    private static final Map<String, String> COLUMNS = Map.of("app_version", "varchar(32)");
    private static final EtlRecord RECORD =
            TestRecords.json("one", "{\"user_id\":\"u\",\"app_version\":\"2.4.0-beta.1\"}");

    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Test
    void evolvesATypeThatDoesNotFit() throws InterruptedException {
        database.execute("CREATE TABLE user_logins (user_id varchar(128), app_version integer);"
                + " INSERT INTO user_logins VALUES ('before', 7)");

        assertThat(write(SchemaMode.EVOLVE, COLUMNS).written()).hasSize(1);

        assertThat(database.column("SELECT app_version FROM user_logins ORDER BY 1"))
                .containsExactly("2.4.0-beta.1", "7");
        assertThat(type("app_version")).isEqualTo("character varying(32)");
    }

    @Test
    void evolvesOnceWhenManyLanesStart() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<WriteResult>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                EtlRecord record = TestRecords.json("m" + i, "{\"user_id\":\"u\",\"app_version\":\"1.0\"}");
                results.add(threads.submit(() -> write(SchemaMode.EVOLVE, COLUMNS, record)));
            }
            for (Future<WriteResult> result : results) {
                assertThat(result.get().written()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.count("user_logins")).isEqualTo(8);
        assertThat(type("user_id")).isEqualTo("text");
    }

    @Test
    void doesNotCutExistingValues() {
        database.execute("CREATE TABLE user_logins (user_id text, app_version text);"
                + " INSERT INTO user_logins VALUES ('u', '" + "secret".repeat(10) + "')");

        assertThatThrownBy(() -> write(SchemaMode.EVOLVE, COLUMNS))
                .isInstanceOf(StartupException.class)
                .hasNoCause()
                .hasMessage(
                        "Postgres at 127.0.0.1:" + database.port() + "/" + database.name()
                                + ": SQLSTATE 22001; existing rows do not fit the types that columns declares: fix the rows, or declare another type");
        assertThat(type("app_version")).isEqualTo("text");
    }

    @Test
    void createCreatesTheTableInItsSchema() throws InterruptedException {
        database.execute("CREATE SCHEMA \"App\"");
        PostgresSinkConfig config = PostgresFixtures.config(database, "App.UserLogins", SchemaMode.CREATE, COLUMNS);
        try (Sink sink = new PostgresSinkFactory().create(config, CONTEXT)) {
            assertThat(sink.write(List.of(RECORD)).written()).hasSize(1);
        }
        assertThat(database.column("SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                        + " WHERE nspname = 'App' AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"))
                .containsExactly("UserLogins", "etl_ledger");
    }

    @Test
    void checkChangesNothing() {
        database.execute("CREATE TABLE user_logins (app_version integer)");

        assertThatThrownBy(() -> write(SchemaMode.CHECK, COLUMNS))
                .isInstanceOf(StartupException.class)
                .hasMessage("""
                        table user_logins does not fit the pipeline:
                          - column user_id does not exist: set schema: evolve, or run: \
                        ALTER TABLE "public"."user_logins" ADD COLUMN "user_id" text
                          - column app_version is integer, and the pipeline declares character varying(32): set schema: evolve, or run: \
                        ALTER TABLE "public"."user_logins" ALTER COLUMN "app_version" TYPE character varying(32) USING "app_version"::character varying""");
        assertThat(type("app_version")).isEqualTo("integer");
        assertThat(database.column("SELECT to_regclass('etl_ledger')")).containsExactly("null");
    }

    @Test
    void reportsATypeThatDoesNotExist() {
        assertThatThrownBy(() -> write(SchemaMode.CREATE, Map.of("app_version", "varcar")))
                .isInstanceOf(StartupException.class)
                .hasMessage("Postgres at 127.0.0.1:" + database.port() + "/" + database.name()
                        + ": type \"varcar\" does not exist (SQLSTATE 42704); correct the type's name in columns");
    }

    private WriteResult write(SchemaMode mode, Map<String, String> columns) throws InterruptedException {
        return write(mode, columns, RECORD);
    }

    private WriteResult write(SchemaMode mode, Map<String, String> columns, EtlRecord record)
            throws InterruptedException {
        PostgresSinkConfig config = PostgresFixtures.config(database, "user_logins", mode, columns);
        try (Sink sink = new PostgresSinkFactory().create(config, CONTEXT)) {
            return sink.write(List.of(record));
        }
    }

    private String type(String column) {
        return database.column(
                        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                                + " WHERE attrelid = 'user_logins'::regclass AND attname = ?",
                        column)
                .get(0);
    }
}
