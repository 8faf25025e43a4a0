package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.PluginContext;

/** Makes dead-letter sinks that keep rejected records in a Postgres table. Stateless, safe for any thread. */
public final class PostgresDeadLetterFactory implements DeadLetterSinkFactory<PostgresDeadLetterConfig> {
    /** For {@link java.util.ServiceLoader} and for those who embed. */
    public PostgresDeadLetterFactory() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "Keeps rejected records in a Postgres table.";
    }

    @Override
    public Class<PostgresDeadLetterConfig> configType() {
        return PostgresDeadLetterConfig.class;
    }

    @Override
    public DeadLetterSink create(PostgresDeadLetterConfig config, PluginContext context) {
        return PostgresDeadLetterSink.start(
                new Connector(config.connection(), context), new DeadLetterTable(TableName.parse(config.table())));
    }
}
