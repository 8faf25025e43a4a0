/**
 * {@code etl reveal}: reads tokens and writes their values.
 * Sees {@code option}, {@code audit}, {@code database} and {@code process}.
 */
@NullMarked
package io.etlkit.reveal.internal.reveal;

import org.jspecify.annotations.NullMarked;
