package io.etlkit.sink.postgres;

/** What makes a redelivery harmless. */
public enum Idempotency {
    /** The table {@code etl_ledger}, in the target's schema, remembers the messages written; exactly once in effect. */
    LEDGER,
    /** Nothing: at least once, so a redelivery is written again. */
    NONE
}
