package io.etlkit.sink.postgres;

/** What becomes of a row whose key is in the table. */
public enum OnConflict {
    /** The row that is there stays as it is. */
    IGNORE,
    /** The row that is there takes the values of the new one. */
    UPDATE
}
