/** The {@code etl} command: reads a pipeline file, loads its plugins and runs it. */
@NullMarked
package io.etlkit.runner;

import org.jspecify.annotations.NullMarked;
