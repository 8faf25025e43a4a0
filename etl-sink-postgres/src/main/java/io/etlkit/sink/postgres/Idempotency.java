package io.etlkit.sink.postgres;

/** What makes a redelivery harmless. */
public enum Idempotency {
    /** The table {@code etl_ledger}, in the target's schema, remembers the messages written; exactly once in effect. */
    LEDGER,
    /** A column of the target takes the message's id, under a unique index; exactly once in effect. */
    COLUMN,
    /** Columns of the target that tell its rows apart, under a unique index; exactly once in effect, also after a redrive. */
    KEY,
    /** Nothing: at least once, so a redelivery is written again. */
    NONE
}
