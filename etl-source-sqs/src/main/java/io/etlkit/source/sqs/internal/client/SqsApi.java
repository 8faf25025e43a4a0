package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The SQS calls that the source needs, for one queue. No call blocks; a response comes on any thread, and a failed call ends
 * with a {@link SqsCallException}. Safe for any thread.
 */
public interface SqsApi extends AutoCloseable {
    /** The most entries of a batch, and the most messages of a receive. */
    int BATCH = 10;

    /** Receives up to ten messages, waiting for the first. */
    CompletableFuture<List<Message>> receive(Duration wait);

    /** Deletes up to ten messages; returns those that failed. */
    CompletableFuture<List<EntryFailure>> delete(List<String> receipts);

    /** Changes the visibility timeout of up to ten messages; returns those that failed. */
    CompletableFuture<List<EntryFailure>> changeVisibility(List<VisibilityChange> changes);

    /** Reads how many messages there are: waiting, in flight and delayed. */
    CompletableFuture<Long> countMessages();

    /** Ends open calls. */
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
     * Hides a message for some seconds from now.
     *
     * @param receipt the receipt handle
     * @param seconds 0 to make it visible at once
     */
    record VisibilityChange(String receipt, int seconds) {}
}
