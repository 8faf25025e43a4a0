package io.etlkit.transform.mask.keyset;

import java.io.IOException;

/** A keyset file was changed by somebody else between reading and writing it; it is left as it is. */
public final class KeysetConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    public KeysetConflictException(String message) {
        super(message);
    }
}
