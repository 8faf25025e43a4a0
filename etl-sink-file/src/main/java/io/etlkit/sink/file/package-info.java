/** The sink that writes records as JSON lines. */
@NullMarked
package io.etlkit.sink.file;

import org.jspecify.annotations.NullMarked;
