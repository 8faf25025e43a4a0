/**
 * What a failed statement means, what may be said about it, and what to do.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.failure;

import org.jspecify.annotations.NullMarked;
