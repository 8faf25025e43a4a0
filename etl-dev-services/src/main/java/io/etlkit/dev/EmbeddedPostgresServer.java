package io.etlkit.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server that belongs to this process, on a free loopback port. It is as durable as a real one ({@code fsync} and
 * {@code synchronous_commit} are on) and asks for a password. Its data are in a temporary folder, which {@link #close} and the
 * end of the JVM remove. The next start removes what a killed JVM left.
 *
 * <p>Root may start it too: Postgres refuses to run as root, so it then starts in its own user namespace ({@code unshare -U}).
 *
 * <p>Safe for any thread. {@link #start} returns when the server answers. Failures are {@link IllegalStateException}s.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final String USER = "postgres";

    /** Another process may take the port between the search for a free one and the start of the server. */
    private static final int START_ATTEMPTS = 3;

    private static final long RELOAD_SECONDS = 10;

    private final Path programs;
    private final ServerFolder folder;
    private final String password = UUID.randomUUID().toString();
    private final Thread closer = new Thread(this::close, "etl-dev-postgres-closer");
    private @Nullable EmbeddedPostgres server;
    private int port;
    private boolean closed;

    private EmbeddedPostgresServer(PostgresFiles files) {
        this.programs = files.programs();
        this.folder = files.server();
    }

    /** Starts a server with an empty database. */
    public static EmbeddedPostgresServer start() {
        for (int attempt = 1; ; attempt++) {
            EmbeddedPostgresServer server = new EmbeddedPostgresServer(PostgresFiles.create());
            Runtime.getRuntime().addShutdownHook(server.closer);
            try {
                server.startOnFreePort();
                server.requirePasswords();
                return server;
            } catch (IllegalStateException failed) {
                server.close();
                if (attempt == START_ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    /** Leads to the database {@code postgres}; holds no password. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** Leads to a database of this server; holds no password. */
    public synchronized String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser's name. */
    public String user() {
        return USER;
    }

    /** The superuser's password; each server has another one. */
    public String password() {
        return password;
    }

    /** The port; {@link #restart} keeps it. */
    public synchronized int port() {
        return port;
    }

    /** Opens a connection to a database of this server, as the superuser. */
    public Connection connect(String database) throws SQLException {
        return connect(database, password);
    }

    private Connection connect(String database, String withPassword) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(USER);
        source.setPassword(withPassword);
        return source.getConnection();
    }

    /** Stops the server ({@code pg_ctl stop -m fast}) and keeps its data for {@link #restart}. */
    public synchronized void stop() {
        if (server != null) {
            Optional<ProcessHandle> process = folder.serverProcess();
            try {
                server.close();
                process.ifPresent(ServerFolder::awaitEnd);
            } catch (IOException failed) {
                throw new IllegalStateException("the embedded Postgres did not stop", failed);
            } finally {
                server = null;
            }
        }
    }

    /** Stops the server as a crash would ({@code pg_ctl stop -m immediate}): {@link #restart} then goes through recovery. */
    public synchronized void crash() {
        folder.crash();
        stop();
    }

    /** Starts the server again after {@link #stop} or {@link #crash}, on the same port and with its data. */
    public synchronized void restart() {
        if (server != null || closed) {
            throw new IllegalStateException("the embedded Postgres is " + (closed ? "closed" : "running"));
        }
        try {
            server = builder().setPort(port).start();
        } catch (IOException | RuntimeException failed) {
            throw folder.startFailure(failed);
        }
    }

    /** Stops the server and removes its files. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            folder.delete();
            forgetCloser();
        }
    }

    private void forgetCloser() {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException alreadyShuttingDown) {
            // the JVM is already ending, and its hook closes the server
        }
    }

    private synchronized void startOnFreePort() {
        try {
            server = builder().start();
            port = server.getPort();
        } catch (IOException | RuntimeException failed) {
            throw folder.startFailure(failed);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        // Whatever is set below, the library makes the folder that this names; by default an empty one in /tmp.
        System.setProperty("ot.epg.working-dir", programs.toString());
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(folder.log().toFile());
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(folder.data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setConnectConfig("password", password)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "50")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    /** initdb runs with trust authentication, so that the password can be set; this ends it. */
    private void requirePasswords() {
        try (Connection connection = connect(USER);
                var statement = connection.createStatement()) {
            statement.execute("ALTER USER " + USER + " PASSWORD '" + password + "'");
            Files.writeString(folder.data().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
            awaitRefusal();
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("the embedded Postgres did not take its settings", failed);
        }
    }

    /** The server reloads its settings some time after it was asked to. */
    private void awaitRefusal() throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RELOAD_SECONDS);
        while (System.nanoTime() < deadline) {
            try {
                connect(USER, "wrong").close();
            } catch (SQLException refused) {
                if ("28P01".equals(refused.getSQLState())) {
                    return;
                }
                throw refused;
            }
        }
        throw new IllegalStateException("the embedded Postgres still takes any password");
    }
}
