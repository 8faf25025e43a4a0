package io.etlkit.engine.internal.failure;

/** The pipeline can not go on. The message is for users and holds no value of a record. */
public final class FatalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FatalException(String message) {
        super(message);
    }
}
