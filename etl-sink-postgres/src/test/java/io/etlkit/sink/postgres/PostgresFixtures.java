package io.etlkit.sink.postgres;

import io.etlkit.api.config.Secret;
import io.etlkit.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Configurations over a test's database. */
final class PostgresFixtures {
    private PostgresFixtures() {}

    static PostgresSinkConfig config(TestDatabase database, String table) {
        return config(database, table, SchemaMode.CHECK, Map.of());
    }

    static PostgresSinkConfig config(
            TestDatabase database, String table, SchemaMode schema, Map<String, String> columns) {
        return new PostgresSinkConfig(
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                table,
                schema,
                columns,
                Idempotency.LEDGER,
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    static PostgresSinkConfig withoutLedger(PostgresSinkConfig config) {
        return new PostgresSinkConfig(
                config.url(),
                config.user(),
                config.password(),
                config.table(),
                config.schema(),
                config.columns(),
                Idempotency.NONE,
                config.allowUnsafeDurability(),
                config.statementTimeout(),
                config.lockTimeout());
    }

    static PostgresDeadLetterConfig deadLetters(TestDatabase database, String table) {
        return new PostgresDeadLetterConfig(
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                table,
                Optional.empty());
    }
}
