package io.etlkit.engine.internal;

/** The pipeline can not go on. The message is for users and holds no value of a record. */
final class FatalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FatalException(String message) {
        super(message);
    }
}
