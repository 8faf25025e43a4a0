package io.etlkit.reveal.internal.option;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.reveal.internal.audit.AuditEntry;
import io.etlkit.reveal.internal.audit.AuditLog;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.transform.mask.keyset.Keyset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What whoever wants to learn something of masked values has to say: with which keys, of which domain, and why. */
public final class AccessOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--keyset", paramLabel = "FILE", description = "The keyset that the values were masked with.")
    private Optional<String> keyset = Optional.empty();

    @Option(
            names = "--domain",
            paramLabel = "NAME",
            description = "The domain they were masked in: the field's path, unless the mask step names another.")
    private Optional<String> domain = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it goes into the audit log.")
    private Optional<String> reason = Optional.empty();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "The audit log; without it, the keyset's file with .audit.jsonl behind.")
    private Optional<Path> audit = Optional.empty();

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    /** Refuses a command line without one of the three. */
    public void require() {
        List<String> missing = new ArrayList<>();
        keyset.ifPresentOrElse(given -> {}, () -> missing.add("'--keyset=FILE'"));
        domain.ifPresentOrElse(given -> {}, () -> missing.add("'--domain=NAME'"));
        reason.ifPresentOrElse(given -> {}, () -> missing.add("'--reason=TEXT'"));
        if (!missing.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing required option" + (missing.size() > 1 ? "s" : "") + ": " + String.join(", ", missing));
        }
        if (reason().isBlank()) {
            throw new IllegalArgumentException("--reason is empty; say why");
        }
        if (log().isEmpty()) {
            throw new IllegalArgumentException("the keyset is no file, so say where the audit log is: --audit FILE");
        }
    }

    private Optional<Path> log() {
        return audit.or(() -> keyset.flatMap(AuditLog::beside));
    }

    public String domain() {
        return domain.orElse("");
    }

    public String reason() {
        return reason.orElse("");
    }

    public Keyset load(ProcessContext process) {
        return Keyset.load(keyset.orElse(""), Path.of(""), passphrase.existing(process));
    }

    /** Writes to the audit log what is about to be shown; when that fails, nothing may be. */
    public void record(
            String action, ProcessContext process, Keyset loaded, String source, int asked, List<String> fingerprints)
            throws AuditException {
        append(
                new AuditEntry(
                                action,
                                process.clock().instant(),
                                process.operator(),
                                reason(),
                                loaded.name(),
                                domain(),
                                source,
                                asked,
                                fingerprints)
                        .toValue(),
                action.equals("reveal") ? "revealed" : "looked up");
    }

    /**
     * Appends a line to the audit log.
     *
     * @param undone what has not been done, and may not be, when that fails
     */
    public void append(ObjectValue entry, String undone) throws AuditException {
        try {
            new AuditLog(log().orElseThrow()).append(entry);
        } catch (IOException | IllegalArgumentException unwritable) {
            throw new AuditException(
                    "nothing was " + undone + ", for the audit log can not be written: " + unwritable.getMessage());
        }
    }

    /** The audit log can not be written. */
    public static final class AuditException extends Exception {
        private static final long serialVersionUID = 1L;

        AuditException(String message) {
            super(message);
        }
    }
}
