package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.deadletter.PostgresDeadLetterSink;
import io.etlkit.sink.postgres.internal.deadletter.PostgresDeadLetterStore;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Duration;
import java.util.Optional;

/** Makes dead-letter sinks that keep rejected records in a Postgres table. Stateless, safe for any thread. */
public final class PostgresDeadLetterSinkFactory implements DeadLetterSinkFactory<PostgresDeadLetterConfig> {
    /** For {@link java.util.ServiceLoader} and for those who embed. */
    public PostgresDeadLetterSinkFactory() {}

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
        // The first lane deletes for all lanes.
        Optional<Duration> retention = config.retention().filter(kept -> context.lane() == 0);
        return PostgresDeadLetterSink.start(
                new Connector(config.connection(), context), TableName.parse(config.table()), retention, context);
    }

    @Override
    public DeadLetterStore open(PostgresDeadLetterConfig config, PluginContext context) {
        return PostgresDeadLetterStore.start(
                new Connector(config.connection(), context), TableName.parse(config.table()), context.pipeline());
    }
}
