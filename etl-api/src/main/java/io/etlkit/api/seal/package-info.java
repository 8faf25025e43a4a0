/** Encrypting the originals of dead letters, and decrypting them again. */
@Experimental
@NullMarked
package io.etlkit.api.seal;

import io.etlkit.api.Experimental;
import org.jspecify.annotations.NullMarked;
