package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.json.JsonWriter;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineSchema;
import io.etlkit.runner.internal.plugin.PluginLoader;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl plugins}: what is installed, and what its options are. */
@Command(
        name = "plugins",
        description = "Lists the installed plugins, or the options of one.",
        mixinStandardHelpOptions = true)
public final class PluginsCommand implements Callable<Integer> {
    /** How the list is printed. */
    enum Format {
        /** For reading. */
        text,
        /** As the reference page. */
        markdown,
        /** The JSON Schema of pipeline files. */
        schema
    }

    private final Console console;
    private final PluginLoader plugins;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The plugin whose options to show.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description =
                    "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. schema prints a JSON Schema of pipeline"
                            + " files with all the installed plugins.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    @Mixin
    private PluginsOption pluginsOption = new PluginsOption();

    @Inject
    PluginsCommand(Console console, PluginLoader plugins) {
        this.console = console;
        this.plugins = plugins;
    }

    @Override
    public Integer call() {
        PluginRegistry registry = plugins.load(pluginsOption.folder());
        if (format == Format.schema) {
            console.out().println(JsonWriter.write(PipelineSchema.of(registry)));
            return 0;
        }
        List<PluginDescription> all = PluginDescription.all(registry);
        List<PluginDescription> shown = name.isEmpty()
                ? all
                : all.stream().filter(each -> each.name().equals(name.get())).toList();
        if (name.isPresent() && shown.isEmpty()) {
            throw new ParameterException(spec.commandLine(), PluginDescription.unknown(name.get(), all));
        }
        if (format == Format.markdown) {
            if (name.isEmpty()) {
                PluginDescription.ofFile().forEach(each -> console.out().println(each.markdown()));
            }
            shown.forEach(each -> console.out().println(each.markdown()));
        } else if (name.isPresent()) {
            shown.forEach(each -> console.out().println(each.text()));
        } else {
            shown.forEach(each -> console.out().println(each.line()));
        }
        return 0;
    }
}
