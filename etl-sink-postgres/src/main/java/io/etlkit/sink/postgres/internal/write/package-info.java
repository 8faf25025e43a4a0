/**
 * A batch of records to one statement: rows, duplicates and the result.
 * Sees every room but {@code deadletter}.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.write;

import org.jspecify.annotations.NullMarked;
