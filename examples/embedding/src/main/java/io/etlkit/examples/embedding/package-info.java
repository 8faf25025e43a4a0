/** A Java service that runs a pipeline inside itself. */
@NullMarked
package io.etlkit.examples.embedding;

import org.jspecify.annotations.NullMarked;
