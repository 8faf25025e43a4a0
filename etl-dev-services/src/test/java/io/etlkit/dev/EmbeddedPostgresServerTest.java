package io.etlkit.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPostgresServerTest {
    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "max_connections, 50",
        "server_encoding, UTF8",
        "listen_addresses, 127.0.0.1",
    })
    void isAsDurableAndAsPrivateAsItSays(String setting, String value) throws SQLException {
        assertThat(ask("SHOW " + setting)).isEqualTo(value);
    }

    @Test
    void takesItsOwnPasswordOnly() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void keepsWhatWasCommittedOverACrash() throws SQLException {
        run("CREATE TABLE kept (id int)");
        run("INSERT INTO kept VALUES (1), (2)");
        int port = server.port();

        server.crash();
        assertThatThrownBy(() -> ask("SELECT 1")).isInstanceOf(SQLException.class);
        server.restart();

        assertThat(ask("SELECT count(*) FROM kept")).isEqualTo("2");
        assertThat(server.port()).isEqualTo(port);
        assertThat(Path.of(ask("SHOW data_directory")).resolveSibling("server.log"))
                .content()
                .contains("database system was not properly shut down");
    }

    @Test
    void stopsAndStartsAgain() throws SQLException {
        server.stop();
        assertThatThrownBy(() -> ask("SELECT 1")).isInstanceOf(SQLException.class);

        server.restart();
        assertThat(ask("SELECT 1")).isEqualTo("1");
        assertThatThrownBy(server::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the embedded Postgres is running");
    }

    @Test
    void leavesNoFileAndNoProcessBehind() throws SQLException {
        EmbeddedPostgresServer other = EmbeddedPostgresServer.start();
        Path data;
        long pid;
        try (Connection connection = other.connect("postgres");
                Statement statement = connection.createStatement()) {
            data = Path.of(one(statement, "SHOW data_directory"));
            pid = Long.parseLong(one(statement, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
        }
        assertThat(ProcessHandle.of(pid)).isPresent();
        assertThat(data.resolveSibling("server.log")).exists();

        other.close();
        other.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(data.getParent()).doesNotExist();
        assertThat(Path.of("/tmp/.s.PGSQL." + other.port())).doesNotExist();
        assertThatThrownBy(other::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the embedded Postgres is closed");
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            return one(statement, sql);
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
