package io.etlkit.drills;

import io.etlkit.dev.EmbeddedPostgresServer;
import io.etlkit.drills.proxy.TcpProxy;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A {@link Site} with its own Postgres server, which may be crashed. Used by one thread. */
final class ChaosSite implements AutoCloseable {
    /** Of the processes under test: a call that hangs must time out before the fault is over. */
    private static final String[] OPTIONS = {
        "--drain=15s",
        "--set",
        "sink.postgres.statementTimeout=2s",
        "--set",
        "sink.postgres.lockTimeout=500ms",
        "--set",
        "batch.maxRecords=100"
    };

    private static final int SILENCE_SECONDS = 3;

    private final long seed;
    private final EmbeddedPostgresServer server;
    private final TestDatabase database;
    private final Site site;
    private @Nullable Connection holder;

    /**
     * Starts queue and database.
     *
     * @param folder takes what the processes print
     * @param visibility how long the queue hides what was received
     * @param seed decides which calls of the queue fail
     */
    ChaosSite(Path folder, Duration visibility, long seed) {
        this.seed = seed;
        this.server = EmbeddedPostgresServer.start();
        this.database = TestDatabase.create(server);
        this.site = Site.open(folder, database, visibility);
    }

    EmbeddedPostgresServer server() {
        return server;
    }

    Site site() {
        return site;
    }

    TcpProxy toDatabase() {
        return site.toDatabase();
    }

    TcpProxy toQueue() {
        return site.toQueue();
    }

    EtlProcess startProcess() {
        return site.startImpatient(SILENCE_SECONDS, OPTIONS);
    }

    /** Lets calls of the queue fail with a probability. */
    void letCallsFail(double probability, Fault fault) {
        site.faults()
                .set((action, call) ->
                        new SplittableRandom(seed ^ call * 31 ^ action.name().hashCode()).nextDouble() < probability
                                ? fault
                                : new Fault.None());
    }

    /** Ends all faults of the queue and the proxies. */
    void restore() {
        site.toDatabase().restore();
        site.toQueue().restore();
        site.faults().clear();
    }

    /** Runs a statement that may be refused because the table is not there yet. */
    void execute(String sql) {
        try (Connection connection = writable();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("the chaos run's own statement failed: " + sql, failed);
        }
    }

    /** Runs a query for its side effect. */
    void ask(String sql) {
        database.query(sql);
    }

    /** Locks a table, if it is there, until {@link #unlock}. */
    void lock(String table) {
        try {
            Connection connection = writable();
            holder = connection;
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '3s'");
                statement.execute("DO $$ BEGIN IF to_regclass('" + table + "') IS NOT NULL THEN LOCK TABLE " + table
                        + " IN ACCESS EXCLUSIVE MODE; END IF; EXCEPTION WHEN lock_not_available THEN NULL; END $$");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the chaos run could not lock " + table, failed);
        }
    }

    /** Releases what {@link #lock} took. */
    void unlock() {
        try {
            if (holder != null) {
                holder.close();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the chaos run could not unlock", failed);
        } finally {
            holder = null;
        }
    }

    /** A new connection that may write, also while the server is read-only. */
    private Connection writable() throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
        }
        return connection;
    }

    @Override
    public void close() {
        site.close();
        server.close();
    }
}
