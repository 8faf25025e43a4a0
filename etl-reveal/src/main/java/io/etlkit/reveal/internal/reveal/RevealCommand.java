package io.etlkit.reveal.internal.reveal;

import io.etlkit.api.StartupException;
import io.etlkit.reveal.internal.audit.AuditCheck;
import io.etlkit.reveal.internal.option.AccessOptions;
import io.etlkit.reveal.internal.option.AccessOptions.AuditException;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.Revealer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
                        + " not be revealed gives an empty line, its reason on stderr, and exit code 1. --keyset,"
                        + " --domain and --reason are required.")
public final class RevealCommand implements Callable<Integer> {
    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private RevealSource source = new RevealSource();

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            defaultValue = "10000",
            description = "The most tokens to take; with more, nothing is revealed. Default: ${DEFAULT-VALUE}.")
    private int maxRows;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to a new file that only its owner may read, not to standard output.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--verify-audit",
            paramLabel = "FILE",
            description = "Reveal nothing; check that no line of this audit log was changed, moved or taken out. Ends"
                    + " with exit code 3 when one was.")
    private Optional<Path> auditToVerify = Optional.empty();

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "With --verify-audit: the last line's hash as it was noted earlier, so that lines cut off the"
                    + " end show, too.")
    private Optional<String> head = Optional.empty();

    public RevealCommand(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (maxRows < 1) {
            throw new ParameterException(spec.commandLine(), "--max-rows must be at least 1");
        }
        if (auditToVerify.isPresent()) {
            return new AuditCheck(spec).run(auditToVerify.get(), head);
        }
        if (head.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--head is for --verify-audit");
        }
        try {
            access.require();
            out.ifPresent(OutputFile::refuseExisting);
            return revealWithKeyset();
        } catch (StartupException | IllegalArgumentException refused) {
            return fail(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (AuditException unwritable) {
            return fail(ExitCode.FAILED, String.valueOf(unwritable.getMessage()));
        } catch (IOException unreadable) {
            return fail(ExitCode.FAILED, "nothing was revealed: " + unreadable.getMessage());
        }
    }

    private int revealWithKeyset() throws IOException, AuditException {
        int most = maxRows == Integer.MAX_VALUE ? maxRows : maxRows + 1;
        try (Keyset keyset = access.load(process);
                TokenRows rows = source.open(process, most)) {
            List<List<Optional<String>>> read = new ArrayList<>();
            Optional<List<Optional<String>>> next = rows.next();
            while (next.isPresent() && read.size() < maxRows) {
                read.add(next.get());
                next = rows.next();
            }
            return next.isPresent()
                    ? fail(
                            ExitCode.USAGE,
                            "more than " + maxRows + " tokens; nothing was revealed; raise --max-rows if you mean it")
                    : reveal(keyset, rows, read);
        }
    }

    private int reveal(Keyset keyset, TokenRows rows, List<List<Optional<String>>> read)
            throws IOException, AuditException {
        RevealRun run = new RevealRun(Revealer.open(keyset), access.domain(), rows, read);
        access.record("reveal", process, keyset, rows.source(), run.asked(), run.fingerprints());
        try {
            print(rows, read, run);
        } catch (IOException unwritable) {
            return fail(
                    ExitCode.FAILED,
                    "not all values were written: " + unwritable.getMessage()
                            + "; the audit log names their tokens as revealed");
        }
        run.notes().forEach(spec.commandLine().getErr()::println);
        return run.fingerprints().size() == run.asked() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(TokenRows rows, List<List<Optional<String>>> read, RevealRun run) throws IOException {
        if (out.isEmpty()) {
            new RevealedOutput(spec.commandLine().getOut(), rows, source.newColumn()).print(read, run::value);
            return;
        }
        try (PrintWriter file = OutputFile.create(out.get())) {
            new RevealedOutput(file, rows, source.newColumn()).print(read, run::value);
        }
    }

    private int fail(int exitCode, String message) {
        spec.commandLine().getErr().println("etl reveal: " + message);
        return exitCode;
    }
}
