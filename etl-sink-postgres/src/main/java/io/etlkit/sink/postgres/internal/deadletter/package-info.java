/**
 * Dead letters in a table: writing, reading, removing and deleting old ones.
 * Sees {@code connection}, {@code schema} and {@code failure}.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.deadletter;

import org.jspecify.annotations.NullMarked;
