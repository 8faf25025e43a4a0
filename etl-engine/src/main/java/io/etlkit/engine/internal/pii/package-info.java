/**
 * Where personal values are, before the run and in each record, and the guard against leaks.
 * Sees {@code failure} only.
 */
@NullMarked
package io.etlkit.engine.internal.pii;

import org.jspecify.annotations.NullMarked;
