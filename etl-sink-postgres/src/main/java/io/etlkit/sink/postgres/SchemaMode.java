package io.etlkit.sink.postgres;

/** What the sink may do to the target table at start. */
public enum SchemaMode {
    /** Nothing: a table that does not fit is an error that lists every mismatch. */
    CHECK,
    /** Create the table when it is missing; otherwise as {@link #CHECK}. */
    CREATE,
    /** Create the table when it is missing, add missing columns, and change types to what {@code columns} declares. */
    EVOLVE
}
