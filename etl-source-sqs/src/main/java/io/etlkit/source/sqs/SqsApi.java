package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * As much of SQS as the source needs, for one queue. No call blocks; an answer comes on any thread, and a failed one is an
 * {@link SqsFailure}. Safe for any thread.
 */
interface SqsApi extends AutoCloseable {
    /** The most entries of a batch, and the most messages of a receive. */
    int BATCH = 10;

    /** Receives up to ten messages, waiting for the first. */
    CompletableFuture<List<Message>> receive(int waitSeconds);

    /** Deletes up to ten messages; gives those that were not. */
    CompletableFuture<List<EntryFailure>> delete(List<String> receipts);

    /** Sets anew for how long messages stay hidden, up to ten; gives those that were not. */
    CompletableFuture<List<EntryFailure>> changeVisibility(List<VisibilityChange> changes);

    /** Asks for the queue's settings and counts. */
    CompletableFuture<Attributes> attributes();

    /** Ends what is under way. */
    @Override
    void close();

    /**
     * An entry of a batch that failed.
     *
     * @param position of the entry in the batch, from 0
     * @param code AWS's error code
     * @param senderFault whether the same entry would fail again
     */
    record EntryFailure(int position, String code, boolean senderFault) {}

    /**
     * Hides a message for so long from now.
     *
     * @param receipt the receipt handle
     * @param seconds 0 to show it at once
     */
    record VisibilityChange(String receipt, int seconds) {}

    /**
     * What the queue tells of itself.
     *
     * @param visibilityTimeout how long a received message stays hidden
     * @param maxReceiveCount how often the queue's redrive policy has a message delivered; empty: it has none
     * @param messages how many there are: waiting, in flight and delayed
     */
    record Attributes(Duration visibilityTimeout, OptionalInt maxReceiveCount, long messages) {}
}
