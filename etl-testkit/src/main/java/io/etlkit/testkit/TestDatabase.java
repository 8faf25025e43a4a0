package io.etlkit.testkit;

import io.etlkit.dev.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A database of a real Postgres server that belongs to one test; see {@link PostgresExtension}. Safe for any thread; each
 * call opens a connection of its own, and blocks. A statement that fails throws {@link IllegalStateException} with the
 * driver's exception: this is test code, whose rows are nobody's.
 */
public final class TestDatabase implements AutoCloseable {
    private static final String MAINTENANCE_DATABASE = "postgres";

    private final EmbeddedPostgresServer server;
    private final String name;

    private TestDatabase(EmbeddedPostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Makes a database on a server; {@link #close} drops it. */
    public static TestDatabase create(EmbeddedPostgresServer server) {
        TestDatabase database =
                new TestDatabase(server, "test_" + UUID.randomUUID().toString().replace("-", ""));
        run(server, MAINTENANCE_DATABASE, "CREATE DATABASE " + database.name);
        return database;
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** Leads to the database; holds no password. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** A superuser. */
    public String user() {
        return server.user();
    }

    /** The superuser's password. */
    public String password() {
        return server.password();
    }

    /** The port that the server listens on, at 127.0.0.1. */
    public int port() {
        return server.port();
    }

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Runs statements, separated by semicolons. */
    public void execute(String sql) {
        run(server, name, sql);
    }

    /** The rows of a query, each from its columns' names to their values as the driver gives them, null included. */
    public List<Map<String, @Nullable Object>> query(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows(rows);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("a query failed", failed);
        }
    }

    private static List<Map<String, @Nullable Object>> rows(ResultSet rows) throws SQLException {
        List<Map<String, @Nullable Object>> read = new ArrayList<>();
        while (rows.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.put(rows.getMetaData().getColumnLabel(column), rows.getObject(column));
            }
            read.add(row);
        }
        return read;
    }

    /** The first column of each row of a query, as text; null shown as {@code "null"}. */
    public List<String> column(String sql, Object... parameters) {
        return query(sql, parameters).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    /** How many rows a table has. */
    public long count(String table) {
        return Long.parseLong(column("SELECT count(*) FROM " + table).get(0));
    }

    /** Drops the database, whoever is connected to it. */
    @Override
    public void close() {
        run(server, MAINTENANCE_DATABASE, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static void run(EmbeddedPostgresServer server, String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("a statement failed", failed);
        }
    }

    @Override
    public String toString() {
        return "TestDatabase[" + name + "]";
    }
}
