/**
 * Ciphers, HMAC and HKDF.
 * Sees {@code encoding} only.
 */
@NullMarked
package io.etlkit.transform.mask.internal.crypto;

import org.jspecify.annotations.NullMarked;
