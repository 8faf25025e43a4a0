package io.etlkit.sink.postgres.internal.connection;

import io.etlkit.api.PluginContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Opens connections to one database, all with the same settings. Parameters in the URL take precedence, for those who need
 * another setting ({@code prepareThreshold=0} behind a PgBouncer in transaction mode). Safe for any thread.
 */
public final class Connector {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** How much longer than the statement timeout the client waits: a server that has not answered by then is unreachable. */
    private static final Duration UNREACHABLE_AFTER = Duration.ofSeconds(10);

    /** Our transactions wait for nothing but the database. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(60);

    private final ConnectionSettings settings;
    private final String applicationName;
    private final String target;

    public Connector(ConnectionSettings settings, PluginContext context) {
        this(settings, "etlkit/" + context.pipeline());
    }

    private Connector(ConnectionSettings settings, String applicationName) {
        this.settings = settings;
        this.applicationName = applicationName;
        this.target = target(settings.url());
    }

    /** To the same database, with an application name that tells maintenance from writes. */
    public Connector forMaintenance() {
        return new Connector(settings, applicationName + " maintenance");
    }

    /** Host, port and database, for messages; nothing that may be a secret. */
    private static String target(String url) {
        Properties parsed = Driver.parseURL(url, null);
        if (parsed == null) {
            return "the database";
        }
        return PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed) + "/"
                + Objects.requireNonNullElse(PGProperty.PG_DBNAME.getOrDefault(parsed), "");
    }

    public Connection open() throws SQLException {
        Connection connection = new Driver().connect(settings.url(), properties());
        if (connection == null) {
            throw new PSQLException("not a JDBC URL of Postgres", PSQLState.INVALID_PARAMETER_VALUE);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sessionSettings());
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> PGProperty.USER.set(properties, user));
        settings.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password.reveal()));
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) CONNECT_TIMEOUT.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int)
                settings.statementTimeout().plus(UNREACHABLE_AFTER).toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        PGProperty.PREPARE_THRESHOLD.set(properties, 1);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        return properties;
    }

    private String sessionSettings() {
        return "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED; SET statement_timeout = "
                + settings.statementTimeout().toMillis() + "; SET lock_timeout = "
                + settings.lockTimeout().toMillis() + "; SET idle_in_transaction_session_timeout = "
                + IDLE_IN_TRANSACTION.toMillis();
    }

    /** Host, port and database. */
    @Override
    public String toString() {
        return target;
    }
}
