/**
 * Connections to the database: opened alike, and opened again when they are lost.
 * Sees {@code failure} only.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.connection;

import org.jspecify.annotations.NullMarked;
