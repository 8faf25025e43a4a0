/**
 * The transform: finds the fields in a record and replaces their values.
 * Sees {@code method} and {@code type}.
 */
@NullMarked
package io.etlkit.transform.mask.internal.field;

import org.jspecify.annotations.NullMarked;
