/**
 * Options that several commands share.
 * Sees {@code audit} and {@code process}.
 */
@NullMarked
package io.etlkit.reveal.internal.option;

import org.jspecify.annotations.NullMarked;
