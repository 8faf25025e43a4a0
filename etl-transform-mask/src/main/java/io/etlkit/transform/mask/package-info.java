/** Masks personal fields so that equal values stay equal, and seals the originals of dead letters. */
@NullMarked
package io.etlkit.transform.mask;

import org.jspecify.annotations.NullMarked;
