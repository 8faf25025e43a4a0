package io.etlkit.source.sqs.internal.client;

/** A call to SQS failed. The message holds no value of a record and no secret. Immutable. */
public final class SqsCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** A failure of a kind. */
    public SqsCallException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The kinds of failure. */
    public enum Kind {
        /** The same call may succeed later. */
        TRANSIENT,
        /** The same call may succeed later, when fewer are made. */
        THROTTLED,
        /** There are no credentials, or AWS does not accept them. They may be renewed while a pipeline runs. */
        CREDENTIALS,
        /** The credentials are valid, but do not allow this. */
        ACCESS_DENIED,
        /** There is no such queue. */
        NO_QUEUE,
        /** The call is wrong in itself. */
        REFUSED;

        /** Whether retries are pointless while a pipeline runs. */
        public boolean isFatalWhileRunning() {
            return this == ACCESS_DENIED || this == NO_QUEUE;
        }

        /** Whether retries are pointless before a pipeline runs. */
        boolean isFatalAtStart() {
            return this != TRANSIENT && this != THROTTLED;
        }
    }
}
