/**
 * Reading, looking up and rewriting tokens, for embedding programs and for {@code etl reveal}.
 * Sees the keysets and, inside, {@code token} and {@code method}.
 */
@NullMarked
package io.etlkit.transform.mask.token;

import org.jspecify.annotations.NullMarked;
