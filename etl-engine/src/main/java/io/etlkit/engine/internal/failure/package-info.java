/**
 * What the engine throws, and how a failure is described without a value of a record.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.engine.internal.failure;

import org.jspecify.annotations.NullMarked;
