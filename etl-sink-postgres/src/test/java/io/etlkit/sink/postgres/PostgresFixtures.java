package io.etlkit.sink.postgres;

import io.etlkit.api.config.Secret;
import io.etlkit.engine.config.ConfigBuilder;
import io.etlkit.testkit.TestDatabase;
import java.util.Map;
import java.util.Optional;

/** Configurations over a test's database. */
final class PostgresFixtures {
    private PostgresFixtures() {}

    static PostgresSinkConfig config(TestDatabase database, String table) {
        return config(database, table, Map.of());
    }

    static PostgresSinkConfig config(
            TestDatabase database, String table, SchemaMode schema, Map<String, String> columns) {
        return config(database, table, Map.of("schema", schema, "columns", columns));
    }

    /** With options as a pipeline file has them. */
    static PostgresSinkConfig config(TestDatabase database, String table, Map<String, Object> options) {
        ConfigBuilder<PostgresSinkConfig> config = ConfigBuilder.of(PostgresSinkConfig.class)
                .set("url", database.jdbcUrl())
                .set("user", database.user())
                .set("password", Secret.of(database.password()))
                .set("table", table);
        options.forEach(config::set);
        return config.build();
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
