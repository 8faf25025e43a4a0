package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.engine.config.ConfigProblem;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.plugin.PluginLoader;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etl validate}: checks pipeline files, connecting to nothing. */
@Command(
        name = "validate",
        description = "Checks pipeline files. Connects to nothing and looks up no secret.",
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    private static final int INVALID = 2;
    private static final int CHECK_FAILED = 3;

    private final Console console;
    private final PluginLoader plugins;
    private final PipelineReader reader;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipeline files.")
    private List<Path> files = List.of();

    @Option(names = "--strict", description = "Take warnings for errors; the exit code is then 3.")
    private boolean strict;

    @Option(names = "--json", description = "Print the problems as JSON.")
    private boolean json;

    @Mixin
    private PluginsOption pluginsOption = new PluginsOption();

    @Inject
    ValidateCommand(Console console, PluginLoader plugins, PipelineReader reader) {
        this.console = console;
        this.plugins = plugins;
        this.reader = reader;
    }

    @Override
    public Integer call() {
        PluginRegistry registry = plugins.load(pluginsOption.folder());
        List<ConfigProblem> errors = new ArrayList<>();
        List<ConfigProblem> warnings = new ArrayList<>();
        for (Path file : files) {
            ConfigProblems ofFile = new ConfigProblems();
            reader.check(file, registry, ofFile);
            errors.addAll(ofFile.list());
            warnings.addAll(ofFile.warnings());
            if (ofFile.isEmpty() && !json && (!strict || ofFile.warnings().isEmpty())) {
                console.out().println(file + ": ok");
            }
        }
        report(errors, warnings);
        if (!errors.isEmpty()) {
            return INVALID;
        }
        return strict && !warnings.isEmpty() ? CHECK_FAILED : 0;
    }

    private void report(List<ConfigProblem> errors, List<ConfigProblem> warnings) {
        if (json) {
            List<ConfigProblem> problems = new ArrayList<>(errors);
            problems.addAll(strict ? warnings : List.of());
            console.out().println(ProblemsReport.json(problems));
        } else {
            errors.forEach(console.err()::println);
            warnings.forEach(warning -> console.err().println(strict ? warning : warning + " (a warning)"));
        }
    }
}
