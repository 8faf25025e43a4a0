/**
 * Dead letters, release delays, and telling the source what became of its deliveries.
 * Sees {@code batch}, {@code write}, {@code run}, {@code settings}, {@code retry} and {@code failure}.
 */
@NullMarked
package io.etlkit.engine.internal.settle;

import org.jspecify.annotations.NullMarked;
