package io.etlkit.reveal.internal.audit;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.StartupException;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.UnsealException;
import io.etlkit.reveal.internal.process.ProcessUser;
import io.etlkit.runner.OriginalReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens originals, and gives them out only when the audit log's line is on disk. Used by one thread. */
final class AuditedSession implements OriginalReader.Session {
    private final OriginalReader.Access access;
    private final String keyset;
    private final Optional<OriginalCipher> cipher;
    private final AuditLog log;
    private final Clock clock;
    private final ProcessUser operator;

    AuditedSession(
            OriginalReader.Access access,
            String keyset,
            Optional<OriginalCipher> cipher,
            AuditLog log,
            Clock clock,
            ProcessUser operator) {
        this.access = access;
        this.keyset = keyset;
        this.cipher = cipher;
        this.log = log;
        this.clock = clock;
        this.operator = operator;
    }

    @Override
    public List<OriginalReader.Opened> read(List<StoredDeadLetter> letters) {
        List<OriginalReader.Opened> opened = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (StoredDeadLetter stored : letters) {
            OriginalReader.Opened one = open(stored.letter());
            opened.add(one);
            if (one.original().isPresent()) {
                messages.add(stored.letter().key().id());
            }
        }
        try {
            log.append(new OriginalsEntry(
                            clock.instant(),
                            operator,
                            access.reason(),
                            keyset,
                            access.pipeline(),
                            letters.size(),
                            messages)
                    .toValue());
        } catch (IOException | IllegalArgumentException unwritable) {
            throw new StartupException(
                    "no message was shown, for the audit log can not be written: " + unwritable.getMessage());
        }
        return opened;
    }

    private OriginalReader.Opened open(DeadLetter letter) {
        if (letter.original() instanceof DeadLetter.Clear clear) {
            return new OriginalReader.Opened(Optional.of(clear), "");
        }
        if (!(letter.original() instanceof DeadLetter.Sealed sealed)) {
            return closed("its original was not kept");
        }
        if (cipher.isEmpty()) {
            return closed("it is sealed, and the pipeline names no keyset; name one as deadLetter.keyset");
        }
        try {
            return new OriginalReader.Opened(
                    Optional.of(cipher.get().open(access.pipeline(), letter.key(), sealed)), "");
        } catch (UnsealException failed) {
            return closed(String.valueOf(failed.getMessage()));
        }
    }

    private static OriginalReader.Opened closed(String why) {
        return new OriginalReader.Opened(Optional.empty(), why);
    }

    @Override
    public void close() {
        cipher.ifPresent(OriginalCipher::close);
    }
}
