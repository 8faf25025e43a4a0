package io.etlkit.engine.internal;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.UnsealException;
import io.etlkit.api.Unsealer;
import io.etlkit.engine.ReplayRun.Skip;
import java.util.Optional;

/** Opens the originals of dead letters, in whatever form they are kept. Used by its lane's thread. */
final class OriginalOpener implements AutoCloseable {
    private final String pipeline;
    private final Optional<Unsealer> unsealer;

    /** Takes the unsealer, and closes it in the end. */
    OriginalOpener(String pipeline, Optional<Unsealer> unsealer) {
        this.pipeline = pipeline;
        this.unsealer = unsealer;
    }

    /** The original. */
    DeadLetter.Clear open(DeadLetter letter) throws ClosedException {
        DeadLetter.Original original = letter.original();
        if (original instanceof DeadLetter.Clear clear) {
            return clear;
        }
        if (!(original instanceof DeadLetter.Sealed sealed)) {
            throw new ClosedException(Skip.OMITTED);
        }
        if (unsealer.isEmpty()) {
            throw new ClosedException(Skip.NO_KEYSET);
        }
        try {
            return unsealer.get().unseal(pipeline, letter.key(), sealed);
        } catch (UnsealException failed) {
            throw new ClosedException(
                    failed.code() == UnsealException.Code.UNKNOWN_KEY ? Skip.UNKNOWN_KEY : Skip.CHANGED);
        }
    }

    @Override
    public void close() {
        unsealer.ifPresent(Unsealer::close);
    }

    /** It can not be opened. */
    static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Skip why;

        ClosedException(Skip why) {
            super(why.description());
            this.why = why;
        }

        Skip why() {
            return why;
        }
    }
}
