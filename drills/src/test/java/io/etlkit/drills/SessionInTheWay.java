package io.etlkit.drills;

import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Somebody else's transaction that holds what a pipeline wants. */
final class SessionInTheWay implements AutoCloseable {
    private final TestDatabase database;
    private final Connection connection;

    private SessionInTheWay(TestDatabase database) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        connection.setAutoCommit(false);
    }

    /** Begins a transaction that holds nothing yet. */
    static SessionInTheWay begin(TestDatabase database) throws SQLException {
        return new SessionInTheWay(database);
    }

    /** Begins a transaction that has the table for itself. */
    static SessionInTheWay lock(TestDatabase database) throws SQLException {
        SessionInTheWay session = begin(database);
        session.execute("LOCK TABLE user_logins");
        return session;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until a pipeline's session waits for a lock; returns the process of its backend. */
    long awaitBlocked() {
        await("a write waits for a lock")
                .atMost(Site.PATIENCE)
                .until(() -> !blocked().isEmpty());
        return Long.parseLong(blocked().get(0));
    }

    private List<String> blocked() {
        return database.column("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'etlkit/%'"
                + " AND datname = current_database() AND wait_event_type = 'Lock'");
    }

    void rollBack() throws SQLException {
        connection.rollback();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
