package io.etlkit.stub.sqs;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to the messages of one queue so far. Always {@code sent = deleted + visible + inFlight}.
 *
 * @param sent messages that came in
 * @param received messages handed out, each redelivery counted again
 * @param redelivered those of {@code received} that were handed out before
 * @param deleted messages deleted
 * @param doubleDeletes deletes of a message that was deleted already
 * @param staleDeletes deletes ignored because their receipt was not the newest one
 * @param released visibility changes to zero
 * @param extended visibility changes to more than zero
 * @param expired messages that became visible again because their visibility timeout ran out
 * @param visible messages waiting now
 * @param inFlight messages handed out and neither deleted nor visible again
 * @param firstReceive when the first message was handed out
 * @param lastDelete when the last delete came in
 */
public record QueueBooks(
        long sent,
        long received,
        long redelivered,
        long deleted,
        long doubleDeletes,
        long staleDeletes,
        long released,
        long extended,
        long expired,
        long visible,
        long inFlight,
        Optional<Instant> firstReceive,
        Optional<Instant> lastDelete) {}
