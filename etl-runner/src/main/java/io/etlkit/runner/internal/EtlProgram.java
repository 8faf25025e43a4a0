package io.etlkit.runner.internal;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.engine.config.ConfigException;
import io.etlkit.engine.config.Suggestion;
import io.etlkit.runner.CommandProvider;
import io.etlkit.runner.internal.command.DeadLettersCommand;
import io.etlkit.runner.internal.command.DemoCommand;
import io.etlkit.runner.internal.command.PluginsCommand;
import io.etlkit.runner.internal.command.RunCommand;
import io.etlkit.runner.internal.command.ValidateCommand;
import io.etlkit.runner.internal.plugin.PluginException;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code etl} command without its process: it answers with the exit code. */
public final class EtlProgram {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int FRAMES = 5;
    private static final List<Class<?>> VERBS = List.of(
            DemoCommand.class, RunCommand.class, ValidateCommand.class, PluginsCommand.class, DeadLettersCommand.class);

    private final Environment environment;
    private final Console console;

    /** A program for one environment and console. */
    public EtlProgram(Environment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    /** Runs the verb that the arguments name. */
    public int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new RunnerModule(environment, console));
        CommandLine commandLine = new CommandLine(new Top(), new GuiceFactory(injector));
        VERBS.forEach(commandLine::addSubcommand);
        ServiceLoader.load(CommandProvider.class, EtlProgram.class.getClassLoader())
                .forEach(provider -> provider.commands().forEach(commandLine::addSubcommand));
        return commandLine
                .setOut(console.out())
                .setErr(console.err())
                .setParameterExceptionHandler((failed, ignored) -> usage(failed))
                .setExecutionExceptionHandler((failed, command, ignored) -> failed(failed));
    }

    private int usage(ParameterException failed) {
        CommandSpec spec = failed.getCommandLine().getCommandSpec();
        console.err().println("etl: " + describe(failed, spec));
        console.err().println("Try '" + spec.qualifiedName() + " --help'.");
        console.err().flush();
        return USAGE;
    }

    private static String describe(ParameterException failed, CommandSpec spec) {
        if (!(failed instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(failed.getMessage());
        }
        String word = unmatched.getUnmatched().get(0);
        if (word.startsWith("-")) {
            return "unknown option \"" + word + "\""
                    + Suggestion.of(word, spec.optionsMap().keySet());
        }
        return !spec.subcommands().isEmpty()
                ? "unknown verb \"" + word + "\""
                        + Suggestion.of(word, spec.subcommands().keySet())
                : "\"" + word + "\" is one argument too many";
    }

    private int failed(Exception failed) {
        if (failed instanceof ConfigException config) {
            config.problems().forEach(problem -> console.err().println(problem));
            return USAGE;
        }
        if (failed instanceof PluginException) {
            console.err().println("etl: " + failed.getMessage());
            return USAGE;
        }
        // Neither holds a value of a record.
        if (failed instanceof StartupException || failed instanceof TransientException) {
            console.err().println("etl: " + failed.getMessage());
            return FAILED;
        }
        // The message may quote a record's values, so it is left out.
        console.err()
                .println("etl: this should not have happened: "
                        + failed.getClass().getName()
                        + Arrays.stream(failed.getStackTrace())
                                .limit(FRAMES)
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining()));
        return FAILED;
    }

    /** The command itself, which only has verbs. */
    @Command(
            name = "etl",
            description = "Reads records from a source, transforms them and writes them to a sink.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "VERB",
            commandListHeading = "%nVerbs:%n",
            footer = {"", "Exit codes: 0 ok; 1 failed; 2 usage or configuration; 3 a check did not hold."})
    static final class Top implements Runnable {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(),
                    "which verb? There is "
                            + Suggestion.enumerate(spec.subcommands().keySet()));
        }
    }

    /** The version out of the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EtlProgram.class.getPackage().getImplementationVersion();
            return new String[] {"etl " + (version == null ? "(from source)" : version)};
        }
    }

    /** Lets the injector make verbs; what is picocli's own, picocli makes. */
    private record GuiceFactory(Injector injector) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.getPackage().equals(RunCommand.class.getPackage()) && type.isAnnotationPresent(Command.class)
                    ? injector.getInstance(type)
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
