package io.etlkit.sink.postgres.internal.failure;

/** When a statement fails: the same SQLSTATE means something else at start than while the pipeline runs. */
public enum Phase {
    /** The sink is being made: what cannot work as configured ends the pipeline. */
    START,
    /** The sink writes: only a refused row is the record's fault, and everything else is retried. */
    RUNNING
}
