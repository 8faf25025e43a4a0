package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SinkFactory;
import java.util.List;

/** Offers the sink and the dead-letter sink {@code postgres}. */
public final class PostgresPlugin implements EtlPlugin {
    /** For {@link java.util.ServiceLoader}. */
    public PostgresPlugin() {}

    @Override
    public List<SinkFactory<?>> sinks() {
        return List.of(new PostgresSinkFactory());
    }

    @Override
    public List<DeadLetterSinkFactory<?>> deadLetterSinks() {
        return List.of(new PostgresDeadLetterSinkFactory());
    }
}
