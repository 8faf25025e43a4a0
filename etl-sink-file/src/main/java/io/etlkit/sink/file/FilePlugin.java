package io.etlkit.sink.file;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SinkFactory;
import java.util.List;

/** The plugin {@code file}: a sink and a dead-letter sink that append JSON lines. Safe for any thread. */
public final class FilePlugin implements EtlPlugin {
    /** For {@link java.util.ServiceLoader}. */
    public FilePlugin() {}

    @Override
    public List<SinkFactory<?>> sinks() {
        return List.of(new FileSinkFactory());
    }

    @Override
    public List<DeadLetterSinkFactory<?>> deadLetterSinks() {
        return List.of(new FileDeadLetterSinkFactory());
    }
}
