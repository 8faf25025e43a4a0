package io.etlkit.runner.internal.command;

import io.etlkit.api.RejectPolicy;
import io.etlkit.engine.config.ConfigException;
import io.etlkit.engine.config.ConfigProblem;
import io.etlkit.runner.internal.file.PipelineDefinition;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.file.ReadMode;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline's dead letters, as all verbs about them take it. */
final class DeadLetterOptions {
    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file; its deadLetter block says where.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Put a value in place of the file's, as --set deadLetter.postgres.table=refused. May be"
                    + " repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private PluginsOption pluginsOption = new PluginsOption();

    /**
     * Reads the file.
     *
     * @throws ConfigException with everything that is wrong, or because it keeps no dead letters
     */
    PipelineDefinition read(PipelineReader reader, PluginLoader plugins) {
        PipelineDefinition definition =
                reader.read(file, plugins.load(pluginsOption.folder()), ReadMode.deadLetters(overrides));
        if (definition.deadLetters().isEmpty()) {
            throw refusal("deadLetter", "there is no such block, so this pipeline keeps no dead letters");
        }
        RejectPolicy onReject = definition.settings().onReject().orElse(RejectPolicy.DEAD_LETTER);
        if (onReject != RejectPolicy.DEAD_LETTER) {
            throw refusal(
                    "onReject",
                    "is not deadLetter, so this pipeline keeps no dead letters; --set onReject=deadLetter looks at those"
                            + " that it kept before");
        }
        return definition;
    }

    private ConfigException refusal(String path, String message) {
        return new ConfigException(List.of(new ConfigProblem(file.toString(), 0, 0, path, message)));
    }
}
