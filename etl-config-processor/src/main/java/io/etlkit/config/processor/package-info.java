/** An annotation processor that generates a builder for each configuration record. Needed at compile time only. */
@NullMarked
package io.etlkit.config.processor;

import org.jspecify.annotations.NullMarked;
