package io.etlkit.sink.postgres;

import io.etlkit.api.PluginContext;
import io.etlkit.api.config.Secret;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.testkit.TestConfig;
import io.etlkit.testkit.TestDatabase;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Configurations over a test's database. */
public final class PostgresFixtures {
    private PostgresFixtures() {}

    public static PostgresSinkConfig config(TestDatabase database, String table) {
        return config(database, table, Map.of());
    }

    public static PostgresSinkConfig config(
            TestDatabase database, String table, SchemaMode schema, Map<String, String> columns) {
        return config(database, table, Map.of("schema", schema.name().toLowerCase(Locale.ROOT), "columns", columns));
    }

    /** With options as a pipeline file has them. */
    public static PostgresSinkConfig config(TestDatabase database, String table, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "url", database.jdbcUrl(), "user", database.user(), "password", database.password(), "table", table));
        all.putAll(options);
        return TestConfig.bind(PostgresSinkConfig.class, all);
    }

    public static PostgresDeadLetterConfig deadLetters(TestDatabase database, String table) {
        return deadLettersBuilder(database).table(table).build();
    }

    public static PostgresDeadLetterConfigBuilder deadLettersBuilder(TestDatabase database) {
        return PostgresDeadLetterConfig.builder()
                .url(database.jdbcUrl())
                .user(database.user())
                .password(Secret.of(database.password()));
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
