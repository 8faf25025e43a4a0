/**
 * The chain: decode, steps and guard, for each delivery of a batch.
 * Sees {@code batch}, {@code deadletter}, {@code decode}, {@code pii}, {@code retry} and {@code failure}.
 */
@NullMarked
package io.etlkit.engine.internal.transform;

import org.jspecify.annotations.NullMarked;
