package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.ReplayRun;
import io.etlkit.engine.ReplaySelection;
import io.etlkit.engine.RunReport;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl dead-letters replay}: puts letters through the pipeline again, each once. */
@Command(
        name = "replay",
        description =
                "Puts rejected messages through the pipeline again, each once. What succeeds is removed from the dead"
                        + " letters; what is rejected again stays, with the new reason.",
        mixinStandardHelpOptions = true)
public final class DeadLettersReplayCommand implements Callable<Integer> {
    private final Console console;
    private final PluginLoader plugins;
    private final PipelineReader reader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private DeadLetterOptions options = new DeadLetterOptions();

    @Parameters(index = "1..*", paramLabel = "ID", description = "The ids of messages; without any, all letters.")
    private List<String> ids = List.of();

    @Option(names = "--reason-code", paramLabel = "CODE", description = "Only those rejected for this reason.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most N letters, the oldest.")
    private Optional<Long> limit = Optional.empty();

    @Option(
            names = "--dry-run",
            description = "Only see what the transforms make of them now: nothing is written, kept or removed.")
    private boolean dryRun;

    @Mixin
    private DrainOption drain = new DrainOption();

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Inject
    DeadLettersReplayCommand(Console console, PluginLoader plugins, PipelineReader reader) {
        this.console = console;
        this.plugins = plugins;
        this.reader = reader;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit.isPresent() && limit.get() < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        ReplaySelection selection = new ReplaySelection(
                Set.copyOf(ids), reason, limit.map(OptionalLong::of).orElse(OptionalLong.empty()), dryRun);
        try (StopOnSignal signal = drain.listen()) {
            Pipeline pipeline = options.read(reader, plugins).toBuilder()
                    .drainTimeout(drain.timeout())
                    .build();
            try (ReplayRun run = pipeline.replay(selection)) {
                signal.watch(run);
                RunReport report = run.await();
                tell(run, report);
                console.out().println(json ? Summary.json(report, dryRun) : Summary.text(report, dryRun));
                console.out().flush();
                if (report.failure().isPresent()) {
                    signal.failed();
                }
                boolean well = report.failure().isEmpty()
                        && run.skipped().isEmpty()
                        && run.missing().isEmpty();
                return well ? 0 : 1;
            }
        }
    }

    private void tell(ReplayRun run, RunReport report) {
        report.failure().ifPresent(failure -> console.err().println("etl: the replay failed: " + failure));
        run.skipped()
                .forEach((why, letters) -> console.err()
                        .println("etl: " + letters + (letters == 1 ? " letter was" : " letters were")
                                + " left as before: " + why.description()));
        new TreeSet<>(run.missing())
                .forEach(
                        id -> console.err().println("etl: there is no dead letter of message " + PlainTable.shown(id)));
    }
}
