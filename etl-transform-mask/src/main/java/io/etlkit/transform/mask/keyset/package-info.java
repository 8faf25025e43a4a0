/**
 * Keysets for embedding programs and for {@code etl keys}: load, create, change, describe.
 * Sees {@code internal.keyset}.
 */
@NullMarked
package io.etlkit.transform.mask.keyset;

import org.jspecify.annotations.NullMarked;
