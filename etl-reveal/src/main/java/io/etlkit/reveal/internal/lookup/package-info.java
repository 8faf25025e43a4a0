/**
 * {@code etl lookup}: finds the tokens of a value.
 * Sees {@code option} and {@code process}.
 */
@NullMarked
package io.etlkit.reveal.internal.lookup;

import org.jspecify.annotations.NullMarked;
