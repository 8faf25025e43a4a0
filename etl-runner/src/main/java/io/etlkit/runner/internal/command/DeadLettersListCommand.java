package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.json.JsonWriter;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etl dead-letters list}: the letters, and how many there are of each reason. Shows no value of a record. */
@Command(
        name = "list",
        description = "Lists what was rejected, oldest message first, and how often for which reason.",
        mixinStandardHelpOptions = true)
public final class DeadLettersListCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Console console;
    private final PluginLoader plugins;
    private final PipelineReader reader;
    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--reason", paramLabel = "CODE", description = "Only those rejected for this reason.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Only those rejected in this stage: decode, transform, guard or sink.")
    private Optional<String> stage = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those rejected since then: 2h or 7d ago, 2026-01-02, or 2026-01-02T03:04:05Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Show at most N letters; the summary counts all.")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--json", description = "Print each letter as a JSON object on a line, and no summary.")
    private boolean json;

    @Inject
    DeadLettersListCommand(Console console, PluginLoader plugins, PipelineReader reader, Clock clock) {
        this.console = console;
        this.plugins = plugins;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        LetterFilter filter = new LetterFilter(
                reason,
                option("--stage", stage, this::stage),
                option("--since", since, text -> PointInTime.parse(text, clock)));
        long most = limit.orElse(Long.MAX_VALUE);
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        try (DeadLetterStore store =
                options.read(reader, plugins).toBuilder().build().openDeadLetters()) {
            if (json) {
                printLines(store, filter, most);
            } else {
                printTable(store, filter, most);
            }
        }
        console.out().flush();
        return 0;
    }

    private <T> Optional<T> option(String name, Optional<String> given, Function<String, T> reading) {
        try {
            return given.map(reading);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), name + " " + invalid.getMessage(), invalid);
        }
    }

    private Stage stage(String label) {
        return Stage.ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be decode, transform, guard or sink, and is \"" + label + "\""));
    }

    private void printLines(DeadLetterStore store, LetterFilter filter, long most) throws InterruptedException {
        long shown = 0;
        Optional<String> next = Optional.empty();
        do {
            DeadLetterStore.Page page = store.list(next, PAGE);
            for (StoredDeadLetter stored : page.letters()) {
                if (filter.takes(stored.letter()) && shown++ < most) {
                    console.out().println(JsonWriter.write(LetterFields.json(stored)));
                }
            }
            next = page.next();
        } while (next.isPresent() && shown < most);
    }

    private void printTable(DeadLetterStore store, LetterFilter filter, long most) throws InterruptedException {
        PlainTable table = new PlainTable(
                console.out(), List.of("id", "failed at", "attempts", "stage", "step", "reason", "field", "original"));
        LetterSummary summary = new LetterSummary();
        Optional<String> next = Optional.empty();
        do {
            DeadLetterStore.Page page = store.list(next, PAGE);
            for (StoredDeadLetter stored : page.letters()) {
                if (filter.takes(stored.letter())) {
                    summary.add(stored.letter());
                    if (summary.count() <= most) {
                        table.row(row(stored.letter()));
                    }
                }
            }
            next = page.next();
        } while (next.isPresent());
        if (summary.count() > 0) {
            table.end();
            console.out().println();
        }
        summary.print(console.out(), Math.min(most, summary.count()));
    }

    private static List<String> row(DeadLetter letter) {
        return List.of(
                letter.key().id(),
                letter.failedAt().toString(),
                Integer.toString(letter.attempts()),
                letter.stage().label(),
                letter.step().orElse(""),
                letter.rejection().reason(),
                letter.rejection().field().map(Object::toString).orElse(""),
                letter.original().form());
    }
}
