/**
 * What commands take from the process, and how they exit.
 * Sees no other room.
 */
@NullMarked
package io.etlkit.reveal.internal.process;

import org.jspecify.annotations.NullMarked;
