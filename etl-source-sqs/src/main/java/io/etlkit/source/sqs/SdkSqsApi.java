package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** {@link SqsApi} over the AWS SDK. */
final class SdkSqsApi implements SqsApi {
    /** Entries are named by their position. */
    private static final String[] IDS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    /** What an entry is said to have failed with when the answer leaves it out. */
    private static final String UNANSWERED = "Unanswered";

    private final SqsClients clients;
    private final String queueUrl;
    private final boolean fifo;
    private final ReceiveMessageRequest receive;

    SdkSqsApi(SqsClients clients, String queueUrl, boolean fifo) {
        this.clients = clients;
        this.queueUrl = queueUrl;
        this.fifo = fifo;
        this.receive = ReceiveMessageRequest.builder()
                .queueUrl(queueUrl)
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
    public CompletableFuture<List<Message>> receive(int waitSeconds) {
        ReceiveMessageRequest.Builder request = receive.toBuilder().waitTimeSeconds(waitSeconds);
        if (fifo) {
            // A retry of the same receive gets the same messages, instead of waiting for their groups to be unlocked.
            request.receiveRequestAttemptId(UUID.randomUUID().toString());
        }
        return call("ReceiveMessage", () -> clients.receiving().receiveMessage(request.build()))
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
                .queueUrl(queueUrl)
                .entries(entries)
                .build();
        return call("DeleteMessageBatch", () -> clients.control().deleteMessageBatch(request))
                .thenApply(answer -> answer.successful().size() == receipts.size()
                        ? List.of()
                        : failures(
                                receipts.size(),
                                answer.successful().stream()
                                        .map(DeleteMessageBatchResultEntry::id)
                                        .toList(),
                                answer.failed()));
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
                .queueUrl(queueUrl)
                .entries(entries)
                .build();
        return call("ChangeMessageVisibilityBatch", () -> clients.control().changeMessageVisibilityBatch(request))
                .thenApply(answer -> failures(
                        changes.size(),
                        answer.successful().stream()
                                .map(ChangeMessageVisibilityBatchResultEntry::id)
                                .toList(),
                        answer.failed()));
    }

    /** By identity: an entry that the answer names nowhere has failed too. */
    static List<EntryFailure> failures(int entries, List<String> successful, List<BatchResultErrorEntry> failed) {
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
    public CompletableFuture<Attributes> attributes() {
        GetQueueAttributesRequest request = GetQueueAttributesRequest.builder()
                .queueUrl(queueUrl)
                .attributeNames(QueueAttributeName.ALL)
                .build();
        return call("GetQueueAttributes", () -> clients.control().getQueueAttributes(request))
                .thenApply(answer -> attributes(answer.attributes()));
    }

    private static Attributes attributes(Map<QueueAttributeName, String> values) {
        return new Attributes(
                Duration.ofSeconds(number(values, QueueAttributeName.VISIBILITY_TIMEOUT)),
                RedrivePolicy.maxReceiveCount(Optional.ofNullable(values.get(QueueAttributeName.REDRIVE_POLICY))),
                number(values, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                        + number(values, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                        + number(values, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    private static long number(Map<QueueAttributeName, String> values, QueueAttributeName name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }

    /** A failure to send is an answer too, and each failure comes as ours. */
    static <T> CompletableFuture<T> call(String action, Supplier<CompletableFuture<T>> sending) {
        CompletableFuture<T> sent;
        try {
            sent = sending.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(SqsFailures.of(action, failure));
        }
        return sent.exceptionallyCompose(failure -> CompletableFuture.failedFuture(SqsFailures.of(action, failure)));
    }

    @Override
    public void close() {
        clients.close();
    }
}
