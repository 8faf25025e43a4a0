/**
 * {@code etl remask}: rewrites the tokens of a table under the primary keys.
 * Sees {@code option}, {@code database} and {@code process}.
 */
@NullMarked
package io.etlkit.reveal.internal.remask;

import org.jspecify.annotations.NullMarked;
