package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
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
 * @param idempotency what makes a redelivery harmless; never empty once made
 * @param column the column that takes the message's id
 * @param key the columns that tell a row from every other
 * @param onConflict what becomes of a row whose key is in the table
 * @param version the column that keeps an older message from overwriting a newer one
 * @param ledger how the sink treats its ledger
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
                description =
                        "Table to write to, with or without its schema. Names are taken as they are written, upper case included.",
                example = "user_logins")
        String table,

        @Option(
                description =
                        "What may be done to the table at start: check (nothing; every mismatch is reported), create (make it when it is missing), evolve (also add columns and change types as columns declares; each statement is logged).",
                defaultValue = "check")
        SchemaMode schema,

        @Option(
                description =
                        "Types of columns, by name, as Postgres writes them. They are checked, or made true, according to schema.",
                defaultValue = "{}",
                example = "{ app_version: varchar(32) }")
        Map<String, String> columns,

        @Option(
                description =
                        "What makes a redelivery harmless: ledger (exactly once in effect; needs the right to create the table etl_ledger), column (the table has a column for the message's id), key (the table has columns that tell its rows apart) or none (at least once). When absent: key where key is given, column where column is, else ledger.",
                example = "ledger")
        Optional<Idempotency> idempotency,

        @Option(
                description =
                        "With idempotency: column, the column that takes the message's id, under a unique index; message_id when absent. It is no field of the body.",
                example = "message_id")
        Optional<String> column,

        @Option(
                description =
                        "Columns that tell a row from every other, under a unique index: a record whose key is in the table is a duplicate, whatever its message is called.",
                defaultValue = "[]",
                example = "[user_id, create_date]")
        List<String> key,

        @Option(
                description =
                        "With key, what becomes of a row whose key is in the table: ignore (the one that is there stays; the default) or update (it takes the new values).",
                example = "update")
        Optional<OnConflict> onConflict,

        @Option(
                description =
                        "With onConflict: update, the column (numeric) that keeps where a message stands among others, so that an older one that comes again does not overwrite a newer one: the sequence number of a FIFO queue, else the time it was sent. It is no field of the body.",
                example = "etl_version")
        Optional<String> version,

        @Option(description = "How the sink treats its ledger.", defaultValue = "{}")
        LedgerConfig ledger,

        @Option(
                description =
                        "Write although the server may lose what it confirmed: fsync or synchronous_commit is off, or the table is unlogged. The source forgets what was confirmed.",
                defaultValue = "false")
        boolean allowUnsafeDurability,

        @Option(
                description = "Longest that one write may take in the database; then it is tried again.",
                defaultValue = "30s",
                min = "1s",
                max = "1h")
        Duration statementTimeout,

        @Option(
                description = "Longest that a write waits for another's lock; then it is tried again.",
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

    Idempotency mode() {
        return idempotency.orElseThrow();
    }

    ConnectionSettings connection() {
        return new ConnectionSettings(url, user, password, statementTimeout, lockTimeout);
    }
}
