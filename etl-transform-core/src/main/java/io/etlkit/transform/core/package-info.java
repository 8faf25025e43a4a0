/** The everyday transforms. */
@NullMarked
package io.etlkit.transform.core;

import org.jspecify.annotations.NullMarked;
