package io.etlkit.sink.postgres;

/** How redeliveries are recognised. */
public enum Idempotency {
    /** The table {@code etl_ledger}, in the target's schema, stores which messages were written; exactly once in effect. */
    LEDGER,
    /** A column of the target holds the message id, under a unique index; exactly once in effect. */
    COLUMN,
    /** Columns of the target identify a row, under a unique index; exactly once in effect, also after a redrive. */
    KEY,
    /** Not at all: at least once, so a redelivery is written again. */
    NONE
}
