/**
 * Writes a batch to the sink, and finds the deliveries that make the sink refuse it.
 * Sees {@code batch}, {@code retry} and {@code failure}.
 */
@NullMarked
package io.etlkit.engine.internal.write;

import org.jspecify.annotations.NullMarked;
