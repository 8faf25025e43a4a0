/**
 * The keyset file: where it is, how it is read, written, locked and wrapped.
 * Sees {@code crypto} and {@code encoding}.
 */
@NullMarked
package io.etlkit.transform.mask.internal.keyset;

import org.jspecify.annotations.NullMarked;
