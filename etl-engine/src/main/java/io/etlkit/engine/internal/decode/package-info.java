/**
 * The raw text of a message to the body of a record, out of its envelope.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.engine.internal.decode;

import org.jspecify.annotations.NullMarked;
