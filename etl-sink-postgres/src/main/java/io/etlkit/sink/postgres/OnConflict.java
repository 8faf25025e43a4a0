package io.etlkit.sink.postgres;

/** What happens to an existing row with the same key. */
public enum OnConflict {
    /** The existing row stays as it is. */
    IGNORE,
    /** The existing row takes the values of the new one. */
    UPDATE
}
