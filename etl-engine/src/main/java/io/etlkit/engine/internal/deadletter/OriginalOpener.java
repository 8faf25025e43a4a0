package io.etlkit.engine.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.UnsealException;
import io.etlkit.engine.ReplayRun.Skip;
import java.util.Optional;

/** Opens the originals of dead letters, in whatever form they are kept. Used by its lane's thread. */
public final class OriginalOpener implements AutoCloseable {
    private final String pipeline;
    private final Optional<OriginalCipher> cipher;

    /** Takes the cipher, and closes it in the end. */
    public OriginalOpener(String pipeline, Optional<OriginalCipher> cipher) {
        this.pipeline = pipeline;
        this.cipher = cipher;
    }

    /** The original. */
    public DeadLetter.Clear open(DeadLetter letter) throws ClosedException {
        DeadLetter.Original original = letter.original();
        if (original instanceof DeadLetter.Clear clear) {
            return clear;
        }
        if (!(original instanceof DeadLetter.Sealed sealed)) {
            throw new ClosedException(Skip.OMITTED);
        }
        if (cipher.isEmpty()) {
            throw new ClosedException(Skip.NO_KEYSET);
        }
        try {
            return cipher.get().open(pipeline, letter.key(), sealed);
        } catch (UnsealException failed) {
            throw new ClosedException(
                    failed.code() == UnsealException.Code.UNKNOWN_KEY ? Skip.UNKNOWN_KEY : Skip.CHANGED);
        }
    }

    @Override
    public void close() {
        cipher.ifPresent(OriginalCipher::close);
    }

    /** It can not be opened. */
    public static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Skip why;

        ClosedException(Skip why) {
            super(why.description());
            this.why = why;
        }

        public Skip why() {
            return why;
        }
    }
}
