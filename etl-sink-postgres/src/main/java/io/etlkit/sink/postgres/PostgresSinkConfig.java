package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how the Postgres sink writes.
 *
 * @param url the database, as a JDBC URL
 * @param user the database user; empty means the URL's or the operating system's
 * @param password the password; empty means none
 * @param table the table, optionally with its schema
 * @param schema what the sink may do to the table at start
 * @param columns types of columns, by name
 * @param idempotency what makes a redelivery harmless
 * @param allowUnsafeDurability whether to write to a server or table that may lose what it confirmed
 * @param statementTimeout the longest one write may take
 * @param lockTimeout the longest a write waits for a lock
 */
public record PostgresSinkConfig(
        @Option(value = "Database to write to, as a JDBC URL.", example = "jdbc:postgresql://localhost:5432/postgres")
        String url,

        @Option("Database user; empty means the one in the URL.")
        Optional<String> user,

        @Option("Password of the user; empty means none.") Optional<Secret> password,

        @Option(
                value =
                        "Table to write to, with or without its schema. Names are taken as they are written, upper case included.",
                example = "user_logins")
        String table,

        @Option(
                value =
                        "What may be done to the table at start: check (nothing; every mismatch is reported), create (make it when it is missing), evolve (also add columns and change types as columns declares; each statement is logged).",
                defaultValue = "check")
        SchemaMode schema,

        @Option(
                value =
                        "Types of columns, by name, as Postgres writes them. They are checked, or made true, according to schema.",
                defaultValue = "{}",
                example = "{ app_version: varchar(32) }")
        Map<String, String> columns,

        @Option(
                value =
                        "What makes a redelivery harmless: ledger (exactly once in effect; needs the right to create the table etl_ledger) or none (at least once).",
                defaultValue = "ledger")
        Idempotency idempotency,

        @Option(
                value =
                        "Write although the server may lose what it confirmed: fsync or synchronous_commit is off, or the table is unlogged. The source forgets what was confirmed.",
                defaultValue = "false")
        boolean allowUnsafeDurability,

        @Option(
                value = "Longest that one write may take in the database, 1s to 1h; then it is tried again.",
                defaultValue = "30s")
        Duration statementTimeout,

        @Option(
                value = "Longest that a write waits for another's lock, 100ms to 1h; then it is tried again.",
                defaultValue = "10s")
        Duration lockTimeout) {

    /** Checks the values; an empty user or password counts as absent. */
    public PostgresSinkConfig {
        ConfigChecks.url(url);
        user = user.filter(text -> !text.isEmpty());
        password = password.filter(secret -> !secret.reveal().isEmpty());
        ConfigChecks.table(table);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        ConfigChecks.columns(columns);
        ConfigChecks.between("statementTimeout", statementTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        ConfigChecks.between("lockTimeout", lockTimeout, Duration.ofMillis(100), Duration.ofHours(1));
    }

    ConnectionSettings connection() {
        return new ConnectionSettings(url, user, password, statementTimeout, lockTimeout);
    }
}
