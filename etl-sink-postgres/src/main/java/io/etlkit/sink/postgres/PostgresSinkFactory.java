package io.etlkit.sink.postgres;

import io.etlkit.api.PluginContext;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.write.PostgresSink;

/** Makes sinks that write to a Postgres table. Stateless, safe for any thread. */
public final class PostgresSinkFactory implements SinkFactory<PostgresSinkConfig> {
    /** For {@link java.util.ServiceLoader} and for those who embed. */
    public PostgresSinkFactory() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "Writes records to a Postgres table, each once in effect.";
    }

    @Override
    public Class<PostgresSinkConfig> configType() {
        return PostgresSinkConfig.class;
    }

    @Override
    public Sink create(PostgresSinkConfig config, PluginContext context) {
        return PostgresSink.start(config, new Connector(config.connection(), context), context);
    }
}
