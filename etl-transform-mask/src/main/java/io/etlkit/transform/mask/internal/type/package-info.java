/**
 * The types that values are masked as, and their canonical form.
 * Sees {@code encoding} only.
 */
@NullMarked
package io.etlkit.transform.mask.internal.type;

import org.jspecify.annotations.NullMarked;
