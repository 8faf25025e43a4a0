/**
 * The token format: fingerprints, padding, writing and reading.
 * Sees {@code type}, {@code keyset}, {@code crypto} and {@code encoding}.
 */
@NullMarked
package io.etlkit.transform.mask.internal.token;

import org.jspecify.annotations.NullMarked;
