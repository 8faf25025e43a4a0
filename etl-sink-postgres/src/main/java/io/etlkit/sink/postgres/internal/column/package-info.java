/**
 * Values to columns: what each type takes, and what it refuses before anything is sent.
 * Sees {@code schema} only.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.column;

import org.jspecify.annotations.NullMarked;
