/**
 * A run whose source is the dead letters of its own pipeline.
 * Sees {@code lane}, {@code deadletter}, {@code settings} and {@code retry}.
 */
@NullMarked
package io.etlkit.engine.internal.replay;

import org.jspecify.annotations.NullMarked;
