package io.etlkit.api;

/**
 * What a plugin throws to tell the engine what to do. Its message and its causes hold no value of a record: a driver's
 * exception often quotes the row, so translate it rather than attach it.
 */
public abstract sealed class EtlException extends RuntimeException permits RejectedException, TransientException {
    private static final long serialVersionUID = 1L;

    EtlException(String message) {
        super(message);
    }

    EtlException(String message, Throwable cause) {
        super(message, cause);
    }
}
