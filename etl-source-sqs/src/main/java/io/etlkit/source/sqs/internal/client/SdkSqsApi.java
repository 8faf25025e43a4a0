package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** {@link SqsApi} over the AWS SDK. */
public final class SdkSqsApi implements SqsApi {
    /** Entries are named by their position. */
    private static final String[] IDS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    /** The code of an entry that the response leaves out. */
    private static final String UNANSWERED = "Unanswered";

    private final SqsQueue queue;
    private final ReceiveMessageRequest receive;
    private final Queue<String> failedAttempts = new ConcurrentLinkedQueue<>();

    /** The calls for a queue, which it closes. */
    public SdkSqsApi(SqsQueue queue) {
        this.queue = queue;
        this.receive = ReceiveMessageRequest.builder()
                .queueUrl(queue.url())
                .maxNumberOfMessages(BATCH)
                .messageSystemAttributeNames(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.MESSAGE_GROUP_ID,
                        MessageSystemAttributeName.SEQUENCE_NUMBER)
                .messageAttributeNames("All")
                .build();
    }

    @Override
    public CompletableFuture<List<Message>> receive(Duration wait) {
        ReceiveMessageRequest.Builder request = receive.toBuilder()
                .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                .overrideConfiguration(override -> override.apiCallTimeout(wait.plus(ClientPair.CALL_TIMEOUT)));
        return queue.isFifo() ? receiveFromFifo(request) : send(request.build());
    }

    /**
     * A receive that follows a failed one is the same attempt: it gets the messages of a lost response at once, where a new
     * attempt would wait until their groups are unlocked.
     */
    private CompletableFuture<List<Message>> receiveFromFifo(ReceiveMessageRequest.Builder request) {
        String attempt = Optional.ofNullable(failedAttempts.poll())
                .orElseGet(() -> UUID.randomUUID().toString());
        return send(request.receiveRequestAttemptId(attempt).build()).whenComplete((messages, failure) -> {
            if (failure != null) {
                failedAttempts.add(attempt);
            }
        });
    }

    private CompletableFuture<List<Message>> send(ReceiveMessageRequest request) {
        return queue.connection()
                .receive("ReceiveMessage", client -> client.receiveMessage(request))
                .thenApply(ReceiveMessageResponse::messages);
    }

    @Override
    public CompletableFuture<List<EntryFailure>> delete(List<String> receipts) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(receipts.size());
        for (String receipt : receipts) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(IDS[entries.size()])
                    .receiptHandle(receipt)
                    .build());
        }
        DeleteMessageBatchRequest request = DeleteMessageBatchRequest.builder()
                .queueUrl(queue.url())
                .entries(entries)
                .build();
        return queue.connection()
                .call("DeleteMessageBatch", client -> client.deleteMessageBatch(request))
                .thenApply(response -> response.successful().size() == receipts.size()
                        ? List.of()
                        : failures(
                                receipts.size(),
                                response.successful().stream()
                                        .map(DeleteMessageBatchResultEntry::id)
                                        .toList(),
                                response.failed()));
    }

    @Override
    public CompletableFuture<List<EntryFailure>> changeVisibility(List<VisibilityChange> changes) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(changes.size());
        for (VisibilityChange change : changes) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(IDS[entries.size()])
                    .receiptHandle(change.receipt())
                    .visibilityTimeout(change.seconds())
                    .build());
        }
        ChangeMessageVisibilityBatchRequest request = ChangeMessageVisibilityBatchRequest.builder()
                .queueUrl(queue.url())
                .entries(entries)
                .build();
        return queue.connection()
                .call("ChangeMessageVisibilityBatch", client -> client.changeMessageVisibilityBatch(request))
                .thenApply(response -> failures(
                        changes.size(),
                        response.successful().stream()
                                .map(ChangeMessageVisibilityBatchResultEntry::id)
                                .toList(),
                        response.failed()));
    }

    /** By the entries' ids. An entry that the response does not name failed too. */
    public static List<EntryFailure> failures(
            int entries, List<String> successful, List<BatchResultErrorEntry> failed) {
        List<EntryFailure> failures = new ArrayList<>();
        for (int position = 0; position < entries; position++) {
            String id = IDS[position];
            if (!successful.contains(id)) {
                Optional<BatchResultErrorEntry> error =
                        failed.stream().filter(entry -> id.equals(entry.id())).findFirst();
                failures.add(new EntryFailure(
                        position,
                        error.map(BatchResultErrorEntry::code).orElse(UNANSWERED),
                        error.map(BatchResultErrorEntry::senderFault).orElse(false)));
            }
        }
        return failures;
    }

    @Override
    public CompletableFuture<Long> countMessages() {
        return queue.readAttributes().thenApply(SqsQueue.Attributes::messages);
    }

    @Override
    public void close() {
        queue.close();
    }
}
