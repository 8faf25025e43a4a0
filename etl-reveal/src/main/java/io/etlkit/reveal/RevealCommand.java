package io.etlkit.reveal;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Keyset;
import io.etlkit.transform.mask.RevealException;
import io.etlkit.transform.mask.Revealed;
import io.etlkit.transform.mask.Revealer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code etl reveal}: recovers masked values. The audit log's line is on disk before the first value is printed; where it
 * can not be written, nothing is revealed.
 */
@Command(
        name = "reveal",
        mixinStandardHelpOptions = true,
        description =
                "Recovers masked values: reads tokens, one a line, and prints the values, one a line. A token that can"
                        + " not be revealed gives an empty line, its reason on stderr, and exit code 1.")
final class RevealCommand implements Callable<Integer> {
    private final Supplier<InputStream> input;
    private final Clock clock;
    private final Operator operator;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--keyset",
            required = true,
            paramLabel = "FILE",
            description = "The keyset that the values were masked with.")
    @SuppressWarnings("NullAway.Init")
    private String keysetFile;

    @Option(
            names = "--domain",
            required = true,
            paramLabel = "NAME",
            description = "The domain they were masked in: the field's path, unless the mask step names another.")
    @SuppressWarnings("NullAway.Init")
    private String domain;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the audit log.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "The audit log; without it, the keyset's file with .audit.jsonl behind.")
    private Optional<Path> audit = Optional.empty();

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The most tokens to take; with more, nothing is revealed. Default: ${DEFAULT-VALUE}.")
    private int maxRows;

    RevealCommand(Supplier<InputStream> input, Clock clock, Operator operator) {
        this.input = input;
        this.clock = clock;
        this.operator = operator;
    }

    @Override
    public Integer call() {
        if (reason.isBlank()) {
            return refuse(ExitCode.USAGE, "--reason is empty; say why");
        }
        Optional<Path> log = auditFile();
        if (log.isEmpty()) {
            return refuse(ExitCode.USAGE, "the keyset is no file; say with --audit where the audit log is");
        }
        try (Keyset keyset = KeysetOption.load(keysetFile)) {
            List<String> tokens = readTokens();
            if (tokens.size() > maxRows) {
                return refuse(
                        ExitCode.USAGE,
                        "more than " + maxRows + " tokens; nothing was revealed; raise --max-rows if you mean it");
            }
            return reveal(keyset, tokens, new AuditLog(log.get()));
        } catch (StartupException | IllegalArgumentException refused) {
            return refuse(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (IOException unreadable) {
            return refuse(ExitCode.FAILED, "the tokens can not be read");
        }
    }

    private Optional<Path> auditFile() {
        if (audit.isPresent()) {
            return audit;
        }
        String path = keysetFile.startsWith("file:") ? keysetFile.substring("file:".length()) : keysetFile;
        return keysetFile.startsWith("env:") ? Optional.empty() : Optional.of(Path.of(path + ".audit.jsonl"));
    }

    /** At most one more than may be revealed. */
    private List<String> readTokens() throws IOException {
        List<String> tokens = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(input.get(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && tokens.size() <= maxRows) {
            tokens.add(line.strip());
            line = lines.readLine();
        }
        return tokens;
    }

    private int reveal(Keyset keyset, List<String> tokens, AuditLog log) {
        Revealer revealer = Revealer.open(keyset);
        List<String> values = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int failures = 0;
        List<String> fingerprints = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            try {
                Revealed revealed = revealer.reveal(tokens.get(i), domain);
                values.add(oneLine(revealed.value()));
                if (!oneLine(revealed.value()).equals(revealed.value())) {
                    notes.add("line " + (i + 1) + ": the value has line ends, which are printed as \\n and \\r");
                }
                fingerprints.add(revealed.fingerprint());
            } catch (RevealException failed) {
                values.add("");
                failures++;
                notes.add("line " + (i + 1) + ": " + failed.code() + ": " + failed.getMessage());
            }
        }
        try {
            log.append(new AuditEntry(
                            clock.instant(), operator, reason, keyset.name(), domain, tokens.size(), fingerprints)
                    .toValue());
        } catch (IOException | IllegalArgumentException unwritable) {
            return refuse(
                    ExitCode.FAILED,
                    "nothing was revealed, for the audit log can not be written: " + unwritable.getMessage());
        }
        print(values, notes);
        return failures == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(List<String> values, List<String> notes) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        values.forEach(value -> out.print(value + "\n"));
        out.flush();
        notes.forEach(err::println);
    }

    /** A value with a line end in it must not pass for two. */
    private static String oneLine(String value) {
        return value.replace("\n", "\\n").replace("\r", "\\r");
    }

    private int refuse(int exitCode, String message) {
        spec.commandLine().getErr().println("etl reveal: " + message);
        return exitCode;
    }
}
