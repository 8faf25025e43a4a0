package io.etlkit.api;

/** What becomes of a rejected record. */
public enum RejectPolicy {
    /** Kept in the dead-letter sink, then settled as done. */
    DEAD_LETTER,
    /** Given back to the source, for its own redrive policy to deal with. */
    RELEASE,
    /** The pipeline stops; the record is not settled. */
    FAIL,
    /** Counted, settled as done and forgotten. */
    DROP
}
