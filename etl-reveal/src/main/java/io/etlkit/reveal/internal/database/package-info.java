/**
 * Which words of the database driver may be shown.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.reveal.internal.database;

import org.jspecify.annotations.NullMarked;
