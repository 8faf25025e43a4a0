package io.etlkit.source.sqs;

/** A call of SQS that failed. The message holds no value of a record and no secret. Immutable. */
final class SqsFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    SqsFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of failure this is. */
    Kind kind() {
        return kind;
    }

    /** What a message can say of its own kind. */
    String text() {
        return String.valueOf(getMessage());
    }

    /** The kinds of failure. */
    enum Kind {
        /** The same call may succeed later. */
        TRANSIENT,
        /** The same call may succeed later, when there are fewer of them. */
        THROTTLED,
        /** There are no credentials, or AWS does not know them. They may be renewed while a pipeline runs. */
        CREDENTIALS,
        /** The credentials are good, but do not allow this. */
        ACCESS_DENIED,
        /** There is no such queue. */
        NO_QUEUE,
        /** The call is wrong in itself. */
        REFUSED;

        /** Whether waiting helps while a pipeline runs. */
        boolean isFatalWhileRunning() {
            return this == ACCESS_DENIED || this == NO_QUEUE;
        }

        /** Whether waiting helps before a pipeline runs. */
        boolean isFatalAtStart() {
            return this != TRANSIENT && this != THROTTLED;
        }
    }
}
