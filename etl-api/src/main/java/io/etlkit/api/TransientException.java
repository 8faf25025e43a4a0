package io.etlkit.api;

/**
 * The same call may succeed later: throttled, connection lost, serialization failure. The engine holds what it has and
 * calls again with backoff. From {@link Sink#write} the outcome is unknown, and the same batch is written again.
 */
public final class TransientException extends EtlException {
    private static final long serialVersionUID = 1L;

    /** Says what failed, with no value of a record in the message. */
    public TransientException(String message) {
        super(message);
    }

    /** As above, with a cause that is known to hold no value of a record. */
    public TransientException(String message, Throwable cause) {
        super(message, cause);
    }
}
