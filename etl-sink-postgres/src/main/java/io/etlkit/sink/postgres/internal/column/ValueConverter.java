package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.value.Value;

/** Converts a value that is not null to what pgjdbc sends for one column. Used by one thread; keeps no record's value. */
interface ValueConverter {
    /**
     * The element of the column's array.
     *
     * @throws RefusedValueException when the column cannot hold the value
     */
    Object convert(Value value) throws RefusedValueException;
}
