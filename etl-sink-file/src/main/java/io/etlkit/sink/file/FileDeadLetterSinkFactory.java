package io.etlkit.sink.file;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.PluginContext;

/** Makes the dead-letter sink {@code file}. Stateless, safe for any thread. */
public final class FileDeadLetterSinkFactory implements DeadLetterSinkFactory<FileDeadLetterConfig> {
    /** Makes a factory. */
    public FileDeadLetterSinkFactory() {}

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String summary() {
        return "Appends dead letters to a file, one JSON object a line; of two with the same pipeline, id and since"
                + " the later one counts.";
    }

    @Override
    public Class<FileDeadLetterConfig> configType() {
        return FileDeadLetterConfig.class;
    }

    @Override
    public DeadLetterSink create(FileDeadLetterConfig config, PluginContext context) {
        return new FileDeadLetterSink(
                LinesFile.open(context.baseDirectory().resolve(config.path()), true, LinesFile.Access.OWNER_ONLY));
    }

    @Override
    public DeadLetterStore open(FileDeadLetterConfig config, PluginContext context) {
        return new FileDeadLetterStore(context.baseDirectory().resolve(config.path()), context.pipeline());
    }
}
