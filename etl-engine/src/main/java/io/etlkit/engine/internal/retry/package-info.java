/**
 * Calls plugins and retries with backoff; the clock, the stop signal and the count of lanes in backoff.
 * Sees {@code failure} only.
 */
@NullMarked
package io.etlkit.engine.internal.retry;

import org.jspecify.annotations.NullMarked;
