package io.etlkit.sink.file;

import io.etlkit.api.PluginContext;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;

/** Makes the sink {@code file}. Stateless, safe for any thread. */
public final class FileSinkFactory implements SinkFactory<FileSinkConfig> {
    /** Makes a factory. */
    public FileSinkFactory() {}

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String summary() {
        return "Appends records to a file, one JSON text a line; at-least-once: a message that is redelivered is"
                + " written again.";
    }

    @Override
    public Class<FileSinkConfig> configType() {
        return FileSinkConfig.class;
    }

    @Override
    public Sink create(FileSinkConfig config, PluginContext context) {
        return new FileSink(LinesFile.open(
                context.baseDirectory().resolve(config.path()), config.sync(), LinesFile.Access.SYSTEM_DEFAULT));
    }
}
