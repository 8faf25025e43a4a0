package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsApi.EntryFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Sends each letter to a queue; see {@code docs/sqs.md}. A letter that is sent twice does no harm: when the queue is
 * read as a source, the ledger recognizes the second. Those of a call that failed in part are remembered until it is made
 * again.
 */
final class SqsDeadLetterSink implements DeadLetterSink {
    private final LetterQueue queue;
    private final Set<String> acknowledged = new HashSet<>();

    private SqsDeadLetterSink(LetterQueue queue) {
        this.queue = queue;
    }

    /** Finds the queue. */
    static SqsDeadLetterSink start(SqsDeadLetterConfig config, PluginContext context) {
        return new SqsDeadLetterSink(LetterQueue.open(config, context));
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        List<LetterMessage> batch = new ArrayList<>();
        long bytes = 0;
        for (DeadLetter letter : lastOfEachKey(letters)) {
            LetterMessage message = LetterMessage.of(letter);
            if (acknowledged.contains(message.digest())) {
                continue;
            }
            requireFits(message, letter);
            if (batch.size() == SqsApi.BATCH || bytes + message.bytes() > queue.maxMessageBytes()) {
                send(batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(message);
            bytes += message.bytes();
        }
        send(batch);
        acknowledged.clear();
    }

    private static Collection<DeadLetter> lastOfEachKey(List<DeadLetter> letters) {
        Map<Name, DeadLetter> last = new LinkedHashMap<>();
        letters.forEach(letter -> last.put(new Name(letter.pipeline(), letter.key()), letter));
        return last.values();
    }

    private record Name(String pipeline, RecordKey key) {}

    private void requireFits(LetterMessage message, DeadLetter letter) {
        if (message.bytes() > queue.maxMessageBytes()) {
            throw new RejectedException(
                    "letter_too_large",
                    "the letter of message " + letter.key().id() + " has " + message.bytes()
                            + " bytes as a message, and the "
                            + queue.name() + " takes " + queue.maxMessageBytes()
                            + "; raise the queue's MaximumMessageSize where it is below SQS' own limit, keep dead letters with"
                            + " the postgres or the file sink, or set original: omit");
        }
    }

    private void send(List<LetterMessage> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        SendMessageBatchResponse answer = answer(request(batch));
        List<EntryFailure> failures = SdkSqsApi.failures(
                batch.size(),
                answer.successful().stream()
                        .map(SendMessageBatchResultEntry::id)
                        .toList(),
                answer.failed());
        Set<Integer> failed = failures.stream().map(EntryFailure::position).collect(Collectors.toSet());
        for (int position = 0; position < batch.size(); position++) {
            if (!failed.contains(position)) {
                acknowledged.add(batch.get(position).digest());
            }
        }
        if (!failures.isEmpty()) {
            throw failure(failures, batch.size());
        }
    }

    private SendMessageBatchRequest request(List<LetterMessage> batch) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (LetterMessage message : batch) {
            entries.add(message.entry(Integer.toString(entries.size()), queue.isFifo()));
        }
        return SendMessageBatchRequest.builder()
                .queueUrl(queue.url())
                .entries(entries)
                .build();
    }

    private SendMessageBatchResponse answer(SendMessageBatchRequest request) throws InterruptedException {
        try {
            return queue.ask("SendMessageBatch", client -> client.sendMessageBatch(request));
        } catch (SqsFailure failure) {
            throw failure.kind() == SqsFailure.Kind.REFUSED ? refused(failure.text()) : queue.held(failure);
        }
    }

    private RuntimeException failure(List<EntryFailure> failures, int size) {
        String what = "SendMessageBatch failed for " + failures.size() + " of " + size + " letters: "
                + failures.stream().map(EntryFailure::code).distinct().sorted().collect(Collectors.joining(", "));
        return failures.stream().anyMatch(EntryFailure::senderFault)
                ? refused(what)
                : new TransientException(queue.name() + ": " + what);
    }

    private RejectedException refused(String what) {
        return new RejectedException(
                "letter_refused",
                "the " + queue.name() + " will not take letters (" + what
                        + "); mend what the code names, or keep dead letters with the postgres or the file sink");
    }

    @Override
    public void close() {
        queue.close();
    }
}
