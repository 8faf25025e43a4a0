/**
 * Encrypts and decrypts the originals of dead letters.
 * Sees {@code keyset}, {@code crypto} and {@code encoding}.
 */
@NullMarked
package io.etlkit.transform.mask.internal.seal;

import org.jspecify.annotations.NullMarked;
