package io.etlkit.sink.postgres.internal.failure;

/** What to do about a failed statement. */
public enum Verdict {
    /** Another transaction was in the way: retry on the same connection. */
    RETRY,
    /**
     * The server or the connection is not usable, or the table no longer fits: drop the connection and retry. The next
     * connection looks at the table again.
     */
    RECONNECT,
    /** The server has lost or invalidated the prepared statement: prepare it again. */
    PREPARE_AGAIN,
    /** The row that is referred to may still come: retry first, then {@link #REJECT}. */
    AWAIT_REFERENCE,
    /** A partitioned table has no partition for a row: create it, or retry until somebody creates it. */
    MISSING_PARTITION,
    /** The rows can never be written as they are. */
    REJECT,
    /** It cannot work as configured. */
    FATAL
}
