/**
 * All that a pipeline was given, and what its plugins may know of it.
 * Sees {@code retry} only.
 */
@NullMarked
package io.etlkit.engine.internal.settings;

import org.jspecify.annotations.NullMarked;
