/**
 * {@code etl keys} and its subcommands.
 * Sees {@code option} and {@code process}.
 */
@NullMarked
package io.etlkit.reveal.internal.keys;

import org.jspecify.annotations.NullMarked;
