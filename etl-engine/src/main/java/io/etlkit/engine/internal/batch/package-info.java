/**
 * The deliveries of one batch, each settled once, and their order within groups.
 * Sees {@code failure} only.
 */
@NullMarked
package io.etlkit.engine.internal.batch;

import org.jspecify.annotations.NullMarked;
