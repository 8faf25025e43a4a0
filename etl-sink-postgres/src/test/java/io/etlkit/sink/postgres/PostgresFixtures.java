package io.etlkit.sink.postgres;

import io.etlkit.api.PluginContext;
import io.etlkit.api.config.Secret;
import io.etlkit.engine.config.ConfigBuilder;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.testkit.TestDatabase;
import java.util.Map;
import java.util.Optional;

/** Configurations over a test's database. */
public final class PostgresFixtures {
    private PostgresFixtures() {}

    public static PostgresSinkConfig config(TestDatabase database, String table) {
        return config(database, table, Map.of());
    }

    public static PostgresSinkConfig config(
            TestDatabase database, String table, SchemaMode schema, Map<String, String> columns) {
        return config(database, table, Map.of("schema", schema, "columns", columns));
    }

    /** With options as a pipeline file has them. */
    public static PostgresSinkConfig config(TestDatabase database, String table, Map<String, Object> options) {
        ConfigBuilder<PostgresSinkConfig> config = ConfigBuilder.of(PostgresSinkConfig.class)
                .set("url", database.jdbcUrl())
                .set("user", database.user())
                .set("password", Secret.of(database.password()))
                .set("table", table);
        options.forEach(config::set);
        return config.build();
    }

    public static PostgresDeadLetterConfig deadLetters(TestDatabase database, String table) {
        return new PostgresDeadLetterConfig(
                database.jdbcUrl(),
                Optional.of(database.user()),
                Optional.of(Secret.of(database.password())),
                table,
                Optional.empty());
    }

    /** Opens connections as a sink with this configuration does. */
    public static Connector connector(PostgresSinkConfig config, PluginContext context) {
        return new Connector(config.connection(), context);
    }

    /** Opens connections as a dead-letter sink with this configuration does. */
    public static Connector connector(PostgresDeadLetterConfig config, PluginContext context) {
        return new Connector(config.connection(), context);
    }
}
