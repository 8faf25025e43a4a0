package io.etlkit.sink.postgres.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.config.Secret;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class StartupTest {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (t text)");
    }

    @Test
    void endsAtAWrongPassword() {
        assertThatThrownBy(() -> open(config(database.jdbcUrl(), "postgres", "hunter2", false)))
                .isInstanceOf(StartupException.class)
                .hasNoCause()
                .hasMessage("Postgres at 127.0.0.1:" + database.port() + "/" + database.name()
                        + ": password authentication failed for user \"postgres\" (SQLSTATE 28P01); check user and password,"
                        + " and that pg_hba.conf lets this host in");
    }

    @Test
    void endsAtAMissingPassword() {
        assertThatThrownBy(() -> open(config(database.jdbcUrl(), "postgres", "", false)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("SQLSTATE 08004); set the password");
    }

    @Test
    void endsAtAMissingDatabase() {
        assertThatThrownBy(() -> open(config(
                        database.jdbcUrl().replace(database.name(), "nowhere"),
                        database.user(),
                        database.password(),
                        false)))
                .isInstanceOf(StartupException.class)
                .hasMessage("Postgres at 127.0.0.1:" + database.port()
                        + "/nowhere: database \"nowhere\" does not exist (SQLSTATE 3D000); create the database, or correct"
                        + " the name at the end of the url");
    }

    @Test
    void endsWithoutTheRightToInsert() {
        String user = database.name() + "_u";
        database.execute("CREATE USER " + user + " PASSWORD 'p'; GRANT USAGE ON SCHEMA public TO " + user);
        try {
            assertThatThrownBy(() -> open(config(database.jdbcUrl(), user, "p", false)))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("user " + user
                            + " may not insert into public.target: GRANT INSERT ON \"public\".\"target\" TO \"" + user
                            + "\"");

            database.execute("GRANT INSERT ON target TO " + user);
            open(config(database.jdbcUrl(), database.user(), database.password(), false));
            assertThatThrownBy(() -> open(config(database.jdbcUrl(), user, "p", false)))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("GRANT INSERT, SELECT ON \"public\".\"etl_ledger\"");
        } finally {
            database.execute("DROP OWNED BY " + user + "; DROP USER " + user);
        }
    }

    @Test
    void retriesWhenTheServerIsAway() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?password=hunter2";

        assertThatThrownBy(() -> open(config(url, "postgres", "p", false)))
                .isInstanceOf(TransientException.class)
                .hasNoCause()
                .hasMessageStartingWith("cannot connect to 127.0.0.1:" + port + "/postgres: ")
                .hasMessageContaining("SQLSTATE 08001")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesAServerThatMayLoseConfirmedRows() {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off;"
                + " ALTER TABLE target SET UNLOGGED");

        assertThatThrownBy(() -> open(config(database.jdbcUrl(), database.user(), database.password(), false)))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "Postgres may lose rows that it has confirmed, and the source does not deliver these again: synchronous_commit is"
                                + " off, table public.target is unlogged or temporary; fix that, or set allowUnsafeDurability: true");
        assertThatCode(() -> open(config(database.jdbcUrl(), database.user(), database.password(), true)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATableThatIsNotALedger() {
        database.execute("CREATE TABLE etl_ledger (x int)");

        assertThatThrownBy(() -> open(config(database.jdbcUrl(), database.user(), database.password(), false)))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "table public.etl_ledger exists but is not an etlkit ledger, because it has no primary key (sent_at, pipeline, id): rename it, or set another idempotency than ledger");
    }

    @Test
    void setsTheApplicationNameAndTimeouts() throws Exception {
        Connector connector = PostgresFixtures.connector(
                config(database.jdbcUrl(), database.user(), database.password(), false),
                TestContext.defaults().withPipeline("logins"));
        try (var connection = connector.open();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT concat_ws(' ', current_setting('application_name'),"
                        + " current_setting('statement_timeout'), current_setting('lock_timeout'),"
                        + " current_setting('idle_in_transaction_session_timeout'),"
                        + " current_setting('transaction_isolation'))")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("etlkit/logins 30s 10s 1min read committed");
            assertThat(connection.getNetworkTimeout()).isEqualTo(40_000);
        }
    }

    @Test
    void endsAtAColumnThatIsTooNarrowForEveryToken() {
        database.execute("ALTER TABLE target ALTER t TYPE varchar(64)");
        PostgresSinkConfig config = config(database.jdbcUrl(), database.user(), database.password(), false);
        TestContext context = TestContext.defaults().withFields("t").withShortestTexts(Map.of("t", 86));
        assertThatThrownBy(
                        () -> new PostgresSinkFactory().create(config, context).close())
                .isInstanceOf(StartupException.class)
                .hasMessage("table target does not fit the pipeline:\n  - what the pipeline writes to column t has 86"
                        + " characters or more, and the column is character varying(64): set schema: evolve, or run:"
                        + " ALTER TABLE \"public\".\"target\" ALTER COLUMN \"t\" TYPE text");
    }

    private static void open(PostgresSinkConfig config) {
        new PostgresSinkFactory().create(config, TestContext.defaults()).close();
    }

    private static PostgresSinkConfig config(String url, String user, String password, boolean allowUnsafe) {
        return PostgresSinkConfig.builder()
                .url(url)
                .user(user)
                .password(Secret.of(password))
                .table("target")
                .allowUnsafeDurability(allowUnsafe)
                .build();
    }
}
