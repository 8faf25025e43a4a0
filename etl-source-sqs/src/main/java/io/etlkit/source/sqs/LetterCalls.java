package io.etlkit.source.sqs;

import io.etlkit.source.sqs.SqsApi.EntryFailure;
import io.etlkit.source.sqs.SqsApi.VisibilityChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** What a store does with the messages of its queue, ten to a call and some calls at once. Used by one thread. */
final class LetterCalls {
    private static final Logger log = LoggerFactory.getLogger(LetterCalls.class);

    private static final int CALLS_AT_ONCE = 16;

    private final LetterQueue queue;
    private final SdkSqsApi api;

    LetterCalls(LetterQueue queue) {
        this.queue = queue;
        this.api = new SdkSqsApi(queue.clients(), queue.url(), queue.isFifo());
    }

    /**
     * Receives up to ten messages.
     *
     * @param hidden for how long; an answer that gets lost hides them from everybody for that time
     * @param wait for the first one
     * @throws SqsFailure when the call failed
     */
    List<Message> receive(Duration hidden, Duration wait) throws InterruptedException {
        ReceiveMessageRequest.Builder request = ReceiveMessageRequest.builder()
                .queueUrl(queue.url())
                .maxNumberOfMessages(SqsApi.BATCH)
                .visibilityTimeout(Math.toIntExact(hidden.toSeconds()))
                .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP);
        if (queue.isFifo()) {
            request.receiveRequestAttemptId(UUID.randomUUID().toString());
        }
        String action = "ReceiveMessage";
        return queue.await(
                        action,
                        SdkSqsApi.call(action, () -> queue.clients().receiving().receiveMessage(request.build())))
                .messages();
    }

    /** Hides messages anew, from now; gives those that could not be. */
    Map<String, EntryFailure> hide(List<String> receipts, Duration time) throws InterruptedException {
        int seconds = Math.toIntExact(time.toSeconds());
        return each("ChangeMessageVisibilityBatch", receipts, some -> change(some, seconds));
    }

    /** Deletes messages; gives those that could not be. */
    Map<String, EntryFailure> delete(List<String> receipts) throws InterruptedException {
        return each("DeleteMessageBatch", receipts, api::delete);
    }

    private CompletableFuture<List<EntryFailure>> change(List<String> receipts, int seconds) {
        return api.changeVisibility(receipts.stream()
                .map(receipt -> new VisibilityChange(receipt, seconds))
                .toList());
    }

    private Map<String, EntryFailure> each(
            String action, List<String> receipts, Function<List<String>, CompletableFuture<List<EntryFailure>>> call)
            throws InterruptedException {
        Map<String, EntryFailure> failures = new LinkedHashMap<>();
        for (List<List<String>> calls : parts(parts(receipts, SqsApi.BATCH), CALLS_AT_ONCE)) {
            List<CompletableFuture<List<EntryFailure>>> asked =
                    calls.stream().map(call).toList();
            for (int i = 0; i < calls.size(); i++) {
                List<String> batch = calls.get(i);
                queue.await(action, asked.get(i))
                        .forEach(failure -> failures.put(batch.get(failure.position()), failure));
            }
        }
        return failures;
    }

    /**
     * Shows messages to everybody, as well as that can be done within a time: what is left shows itself when its time is up.
     * Works when the queue's calls have been ended, too.
     */
    void showAtTheEnd(List<String> receipts, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (List<List<String>> calls : parts(parts(receipts, SqsApi.BATCH), CALLS_AT_ONCE)) {
                CompletableFuture.allOf(
                                calls.stream().map(some -> change(some, 0)).toArray(CompletableFuture<?>[]::new))
                        .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException failed) {
            log.debug("{}: some letters stay hidden for a while", queue.name());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> List<List<T>> parts(List<T> whole, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < whole.size(); from += size) {
            parts.add(whole.subList(from, Math.min(from + size, whole.size())));
        }
        return parts;
    }
}
