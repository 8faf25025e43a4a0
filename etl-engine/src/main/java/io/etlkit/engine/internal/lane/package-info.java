/**
 * A lane (one thread with its own source, chain and sink), and the run that starts and ends its lanes.
 * Sees every room but {@code replay}.
 */
@NullMarked
package io.etlkit.engine.internal.lane;

import org.jspecify.annotations.NullMarked;
