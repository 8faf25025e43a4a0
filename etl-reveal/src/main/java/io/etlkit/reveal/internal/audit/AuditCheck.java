package io.etlkit.reveal.internal.audit;

import io.etlkit.reveal.internal.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code etl reveal --verify-audit}: says whether an audit log is intact. */
public final class AuditCheck {
    private final CommandSpec spec;

    public AuditCheck(CommandSpec spec) {
        this.spec = spec;
    }

    public int run(Path file, Optional<String> head) {
        if (Files.notExists(file)) {
            return fail(file, ExitCode.USAGE, "there is no file");
        }
        try {
            AuditChain.Finding finding = AuditChain.check(file, head);
            if (finding.problem().isPresent()) {
                return fail(file, ExitCode.CHECK_FAILED, finding.problem().get());
            }
            spec.commandLine()
                    .getOut()
                    .println("audit log " + file + " is intact: " + finding.lines() + " lines"
                            + (finding.lines() == 0 ? "" : ", the last has the hash " + finding.lastHash()));
            return ExitCode.OK;
        } catch (IOException unreadable) {
            return fail(file, ExitCode.CHECK_FAILED, "it can not be read as text");
        }
    }

    private int fail(Path file, int exitCode, String message) {
        spec.commandLine().getErr().println("etl reveal: audit log " + file + ": " + message);
        return exitCode;
    }
}
