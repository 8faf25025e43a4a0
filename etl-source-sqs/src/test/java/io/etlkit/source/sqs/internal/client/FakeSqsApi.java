package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A queue whose answers a test gives: receives stay open until they are answered, batches succeed unless told otherwise. */
public final class FakeSqsApi implements SqsApi {
    public final List<CompletableFuture<List<Message>>> receives = new ArrayList<>();
    public final List<List<String>> deletes = new ArrayList<>();
    public final List<List<VisibilityChange>> changes = new ArrayList<>();
    public final List<CompletableFuture<List<EntryFailure>>> nextBatchAnswers = new ArrayList<>();
    public final List<Long> nextCounts = new ArrayList<>();
    public boolean closed;
    private int sent;

    /** So many new messages. */
    public List<Message> messages(int count) {
        return IntStream.range(0, count).mapToObj(any -> message(++sent)).toList();
    }

    public static Message message(int number) {
        return Message.builder()
                .messageId("id-" + number)
                .receiptHandle("receipt-" + number)
                .body("{\"number\":" + number + "}")
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        "1700000000000",
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        "1"))
                .build();
    }

    /** Answers the oldest open receive. */
    public void answer(List<Message> messages) {
        receives.remove(0).complete(messages);
    }

    /** Fails the oldest open receive. */
    public void fail(SqsCallException.Kind kind) {
        receives.remove(0).completeExceptionally(new SqsCallException(kind, "ReceiveMessage failed: " + kind));
    }

    @Override
    public CompletableFuture<List<Message>> receive(Duration wait) {
        CompletableFuture<List<Message>> receive = new CompletableFuture<>();
        receives.add(receive);
        return receive;
    }

    @Override
    public CompletableFuture<List<EntryFailure>> delete(List<String> receipts) {
        deletes.add(receipts);
        return batchAnswer();
    }

    @Override
    public CompletableFuture<List<EntryFailure>> changeVisibility(List<VisibilityChange> batch) {
        changes.add(batch);
        return batchAnswer();
    }

    private CompletableFuture<List<EntryFailure>> batchAnswer() {
        return nextBatchAnswers.isEmpty() ? CompletableFuture.completedFuture(List.of()) : nextBatchAnswers.remove(0);
    }

    /** The next batch's answer names these as failed. */
    public void nextBatchFails(EntryFailure... failures) {
        nextBatchAnswers.add(CompletableFuture.completedFuture(List.of(failures)));
    }

    /** The next batch fails as a whole. */
    public void nextBatchFails(SqsCallException.Kind kind) {
        nextBatchAnswers.add(CompletableFuture.failedFuture(new SqsCallException(kind, "the batch failed: " + kind)));
    }

    @Override
    public CompletableFuture<Long> countMessages() {
        return CompletableFuture.completedFuture(nextCounts.isEmpty() ? Long.valueOf(0) : nextCounts.remove(0));
    }

    @Override
    public void close() {
        closed = true;
    }
}
