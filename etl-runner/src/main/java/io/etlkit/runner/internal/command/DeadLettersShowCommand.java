package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.Pipeline;
import io.etlkit.json.JsonWriter;
import io.etlkit.runner.OriginalReader;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineDefinition;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code etl dead-letters show}: all there is to know of letters; with {@code --original} the messages themselves, which
 * another jar opens: it needs the keys, and leaves a trace.
 */
@Command(
        name = "show",
        description = "Shows letters in full; with --original and --reason, the rejected messages too.",
        mixinStandardHelpOptions = true)
public final class DeadLettersShowCommand implements Callable<Integer> {
    private static final int PAGE = 100;
    private static final int NAME_WIDTH = 17;

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

    @Option(
            names = "--original",
            description = "Show the rejected messages too, opened with the keyset. Takes --reason, and is logged.")
    private boolean original;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it goes into the audit log.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "The audit log; without it, the keyset's file with .audit.jsonl behind.")
    private Optional<Path> audit = Optional.empty();

    @Inject
    DeadLettersShowCommand(Console console, PluginLoader plugins, PipelineReader reader) {
        this.console = console;
        this.plugins = plugins;
        this.reader = reader;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (original && reason.filter(text -> !text.isBlank()).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--original needs --reason TEXT: say why");
        }
        Optional<OriginalReader> originals = original ? Optional.of(originalReader()) : Optional.empty();
        PipelineDefinition definition = options.read(reader, plugins);
        Pipeline pipeline = definition.toBuilder().build();
        if (originals.isEmpty()) {
            return show(pipeline, Optional.empty());
        }
        try (OriginalReader.Session session = session(originals.get(), pipeline, definition)) {
            return show(pipeline, Optional.of(session));
        }
    }

    private OriginalReader originalReader() {
        return ServiceLoader.load(OriginalReader.class, DeadLettersShowCommand.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--original needs etl-reveal, which is not installed here; use an installation that has the verb"
                                + " \"reveal\""));
    }

    private OriginalReader.Session session(OriginalReader originals, Pipeline pipeline, PipelineDefinition definition) {
        try {
            return originals.open(new OriginalReader.Access(
                    pipeline.name(), pipeline.keyset(), definition.baseDirectory(), reason.orElseThrow(), audit));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private int show(Pipeline pipeline, Optional<OriginalReader.Session> session) throws InterruptedException {
        try (DeadLetterStore store = pipeline.openDeadLetters()) {
            boolean well = ids.isEmpty() ? showAll(store, session) : showSome(store, session);
            console.out().flush();
            return well ? 0 : 1;
        }
    }

    private boolean showAll(DeadLetterStore store, Optional<OriginalReader.Session> session)
            throws InterruptedException {
        boolean well = true;
        Optional<String> next = Optional.empty();
        do {
            DeadLetterStore.Page page = store.list(next, PAGE);
            well &= show(page.letters(), session);
            next = page.next();
        } while (next.isPresent());
        return well;
    }

    private boolean showSome(DeadLetterStore store, Optional<OriginalReader.Session> session)
            throws InterruptedException {
        List<StoredDeadLetter> found = store.find(Set.copyOf(ids));
        boolean well = show(found, session);
        Set<String> missing = new LinkedHashSet<>(ids);
        found.forEach(stored -> missing.remove(stored.letter().key().id()));
        missing.forEach(id -> console.err().println("etl: there is no dead letter of message " + PlainTable.shown(id)));
        return well && missing.isEmpty();
    }

    private boolean show(List<StoredDeadLetter> letters, Optional<OriginalReader.Session> session) {
        if (letters.isEmpty()) {
            return true;
        }
        Optional<List<OriginalReader.Opened>> opened = session.map(each -> each.read(letters));
        boolean well = true;
        for (int i = 0; i < letters.size(); i++) {
            LetterFields.text(letters.get(i)).forEach(this::print);
            if (opened.isPresent()) {
                well &= print(opened.get().get(i));
            }
            console.out().println();
        }
        return well;
    }

    private boolean print(OriginalReader.Opened opened) {
        if (opened.original().isEmpty()) {
            print("not opened", opened.problem());
            return false;
        }
        Map<String, Value> headers = opened.original().get().headers();
        Value body = opened.original().get().body();
        print("headers", JsonWriter.write(Value.of(headers)));
        print("body", body instanceof TextValue text ? text.value() : JsonWriter.write(body));
        return true;
    }

    private void print(String name, String value) {
        console.out().println(name + " ".repeat(NAME_WIDTH - name.length()) + PlainTable.shown(value));
    }
}
