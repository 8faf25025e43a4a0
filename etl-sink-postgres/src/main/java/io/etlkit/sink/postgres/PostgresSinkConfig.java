package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import io.etlkit.sink.postgres.internal.connection.ConnectionSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param idempotency how redeliveries are recognised; never empty after construction
 * @param column the column for the message id
 * @param key the columns that identify a row
 * @param onConflict what happens to an existing row with the same key
 * @param version the column that keeps an older message from overwriting a newer one
 * @param ledger how the sink manages its ledger
 * @param allowUnsafeDurability whether to write to a server or table that may lose what it confirmed
 * @param statementTimeout the longest one write may take
 * @param lockTimeout the longest a write waits for a lock
 */
public record PostgresSinkConfig(
        @Option(
                description = "Database to write to, as a JDBC URL.",
                example = "jdbc:postgresql://localhost:5432/postgres")
        String url,

        @Option(description = "Database user; empty means the one in the URL.")
        Optional<String> user,

        @Option(description = "Password of the user; empty means none.")
        Optional<Secret> password,

        @Option(
                description = "Table to write to, with or without its schema. Upper and lower case are kept.",
                example = "user_logins")
        String table,

        @Option(
                description =
                        "What the sink may change at start: check (nothing; it reports every mismatch), create (create a missing table), evolve (also add columns and change types as columns declares; each statement is logged).",
                defaultValue = "check")
        SchemaMode schema,

        @Option(
                description =
                        "Column types by name, as Postgres writes them. The sink checks or changes them according to schema.",
                defaultValue = "{}",
                example = "{ app_version: varchar(32) }")
        Map<String, String> columns,

        @Option(
                description =
                        "How redeliveries are recognised: ledger (exactly once in effect; needs the right to create the table etl_ledger), column (a column of the table holds the message id), key (columns of the table identify a row) or none (at least once). Default: key if key is set, column if column is set, else ledger.",
                example = "ledger")
        Optional<Idempotency> idempotency,

        @Option(
                description =
                        "With idempotency: column, the column for the message id, under a unique index; default message_id. It must not be a field of the body.",
                example = "message_id")
        Optional<String> column,

        @Option(
                description =
                        "Columns that identify a row, under a unique index: a record whose key is in the table is a duplicate, whatever its message id.",
                defaultValue = "[]",
                example = "[user_id, create_date]")
        List<String> key,

        @Option(
                description =
                        "With key, what happens to an existing row with the same key: ignore (it stays as it is; the default) or update (it takes the new values).",
                example = "update")
        Optional<OnConflict> onConflict,

        @Option(
                description =
                        "With onConflict: update, the numeric column that keeps an older message from overwriting a newer one. It holds the sequence number of a FIFO queue, else the time the message was sent. It must not be a field of the body.",
                example = "etl_version")
        Optional<String> version,

        @Option(description = "How the sink manages its ledger.", defaultValue = "{}")
        LedgerConfig ledger,

        @Option(
                description =
                        "Write even if the server may lose what it confirmed: fsync or synchronous_commit is off, or the table is unlogged. The source does not deliver confirmed records again.",
                defaultValue = "false")
        boolean allowUnsafeDurability,

        @Option(
                description = "Longest time that one write may take in the database. After that it is retried.",
                defaultValue = "30s",
                min = "1s",
                max = "1h")
        Duration statementTimeout,

        @Option(
                description = "Longest time that a write waits for a lock. After that it is retried.",
                defaultValue = "10s",
                min = "100ms",
                max = "1h")
        Duration lockTimeout) {

    /** Checks the values; an empty user or password counts as absent. */
    public PostgresSinkConfig {
        ConfigChecks.url(url);
        user = user.filter(text -> !text.isEmpty());
        password = password.filter(secret -> !secret.reveal().isEmpty());
        ConfigChecks.table(table);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        ConfigChecks.columns(columns);
        key = List.copyOf(key);
        Idempotency mode = IdempotencyChecks.mode(idempotency, column, key);
        IdempotencyChecks.require(mode, column, key, onConflict, version, ledger);
        idempotency = Optional.of(mode);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static PostgresSinkConfigBuilder builder() {
        return new PostgresSinkConfigBuilder();
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "PostgresSinkConfig[table=" + table + "]";
    }

    ConnectionSettings connection() {
        return new ConnectionSettings(url, user, password, statementTimeout, lockTimeout);
    }
}
