/**
 * The ledger: the table of the messages that have been written, with a partition for each day.
 * Sees every room but {@code write} and {@code deadletter}.
 */
@NullMarked
package io.etlkit.sink.postgres.internal.ledger;

import org.jspecify.annotations.NullMarked;
