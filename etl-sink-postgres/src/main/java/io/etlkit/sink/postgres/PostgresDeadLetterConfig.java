package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.sink.postgres.internal.connection.ConnectionSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the Postgres dead-letter sink keeps rejected records.
 *
 * @param url the database, as a JDBC URL
 * @param user the database user; empty means the URL's or the operating system's
 * @param password the password; empty means none
 * @param table the table, optionally with its schema; created when it is missing
 * @param retention how long dead letters are kept; empty: forever
 */
public record PostgresDeadLetterConfig(
        @Option(
                description = "Database to write to, as a JDBC URL.",
                example = "jdbc:postgresql://localhost:5432/postgres")
        String url,

        @Option(description = "Database user; empty means the one in the URL.")
        Optional<String> user,

        @Option(description = "Password of the user; empty means none.")
        Optional<Secret> password,

        @Option(
                description = "Table to write to, with or without its schema; created when it is missing.",
                defaultValue = "etl_dead_letters")
        String table,

        @Option(
                description =
                        "How long a dead letter is kept after its record was last rejected. After that it is deleted with its original. Empty: forever.",
                example = "90d",
                min = "1h")
        Optional<Duration> retention) {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** Checks the values; an empty user or password counts as absent. */
    public PostgresDeadLetterConfig {
        ConfigChecks.url(url);
        user = user.filter(text -> !text.isEmpty());
        password = password.filter(secret -> !secret.reveal().isEmpty());
        ConfigChecks.table(table);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static PostgresDeadLetterConfigBuilder builder() {
        return new PostgresDeadLetterConfigBuilder();
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "PostgresDeadLetterConfig[table=" + table + "]";
    }

    ConnectionSettings connection() {
        return new ConnectionSettings(url, user, password, STATEMENT_TIMEOUT, LOCK_TIMEOUT);
    }
}
