package io.etlkit.api;

/**
 * A plugin can not start as it is configured, and waiting would not help: no such queue, table or keyset, access denied.
 * The pipeline ends at once. The message says what is wrong, where, and what to do; it holds no secret.
 */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do. */
    public StartupException(String message) {
        super(message);
    }

    /** As above, with a cause that holds no secret and no value of a record. */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
