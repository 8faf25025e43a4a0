/**
 * The table as the catalog describes it, as the pipeline needs it, and the DDL between the two.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
