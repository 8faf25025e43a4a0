package io.etlkit.benchmark;

import io.etlkit.dev.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty Postgres, as durable as a real one, whose CPU time can be measured. */
final class Database implements AutoCloseable {
    private final EmbeddedPostgresServer server;
    private final long process;

    private Database(EmbeddedPostgresServer server) {
        this.server = server;
        this.process = postmaster(Path.of(query("SHOW data_directory")));
    }

    static Database start() {
        return new Database(EmbeddedPostgresServer.start());
    }

    /** The URL with user and password, for there may be no other place to put them. */
    String url() {
        return server.jdbcUrl() + "?user=" + server.user() + "&password=" + server.password();
    }

    String user() {
        return server.user();
    }

    void execute(String sql) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("Postgres refused a statement, SQLSTATE " + failed.getSQLState());
        }
    }

    long count(String table) {
        return Long.parseLong(query("SELECT count(*) FROM " + table));
    }

    String query(String sql) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException("Postgres refused a query, SQLSTATE " + failed.getSQLState());
        }
    }

    /** What the server and all its processes have used so far. */
    long cpuMicros() {
        return ProcessFiles.familyCpuMicros(process);
    }

    @Override
    public void close() {
        server.close();
    }

    private static long postmaster(Path data) {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
