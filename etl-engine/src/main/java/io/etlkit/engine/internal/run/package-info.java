/**
 * What the lanes of one run share: counters, the record limit, the idle detector, the first failure.
 * Sees {@code settings} and {@code retry}.
 */
@NullMarked
package io.etlkit.engine.internal.run;

import org.jspecify.annotations.NullMarked;
