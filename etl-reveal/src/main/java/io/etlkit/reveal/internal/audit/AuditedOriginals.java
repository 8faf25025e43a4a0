package io.etlkit.reveal.internal.audit;

import io.etlkit.api.StartupException;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.reveal.internal.process.ProcessUser;
import io.etlkit.runner.OriginalReader;
import io.etlkit.transform.mask.KeysetCipherProvider;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Opens the originals of dead letters with the pipeline's keyset, and tells the audit log. Safe for any thread. */
public final class AuditedOriginals implements OriginalReader {
    private final Clock clock;
    private final ProcessUser operator;

    /** For {@link java.util.ServiceLoader}. */
    public AuditedOriginals() {
        this(Clock.systemUTC(), ProcessUser.ofProcess());
    }

    AuditedOriginals(Clock clock, ProcessUser operator) {
        this.clock = clock;
        this.operator = operator;
    }

    @Override
    public Session open(Access access) {
        AuditLog log = new AuditLog(auditFile(access)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the keyset is no file; say with --audit where the audit log is")));
        Optional<String> name = access.keyset().map(keyset -> nameOf(keyset, access.baseDirectory()));
        Optional<OriginalCipher> cipher =
                access.keyset().map(keyset -> new KeysetCipherProvider().open(keyset, access.baseDirectory()));
        return new AuditedSession(access, name.orElse(""), cipher, log, clock, operator);
    }

    private static Optional<Path> auditFile(Access access) {
        return access.audit().or(() -> access.keyset().flatMap(AuditLog::beside).map(access.baseDirectory()::resolve));
    }

    /** As {@code etl reveal} names it in the same log. */
    private static String nameOf(String keyset, Path baseDirectory) throws StartupException {
        try (Keyset loaded = Keyset.load(keyset, baseDirectory)) {
            return loaded.name();
        }
    }
}
