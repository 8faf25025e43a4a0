/**
 * The service provider interface of etlkit: what a source, a transform, a sink or a dead-letter sink implements, and the
 * records that pass between them.
 *
 * <p>A plugin author starts at {@link io.etlkit.api.EtlPlugin}. Nothing here depends on anything but the JDK and the
 * JSpecify annotations.
 */
@NullMarked
package io.etlkit.api;

import org.jspecify.annotations.NullMarked;
