/**
 * The masking methods and their options.
 * Sees {@code token}, {@code type}, {@code keyset} and {@code encoding}.
 */
@NullMarked
package io.etlkit.transform.mask.internal.method;

import org.jspecify.annotations.NullMarked;
