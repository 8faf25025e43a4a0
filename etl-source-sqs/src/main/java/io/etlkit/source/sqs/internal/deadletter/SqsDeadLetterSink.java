package io.etlkit.source.sqs.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import io.etlkit.source.sqs.internal.client.QueueRole;
import io.etlkit.source.sqs.internal.client.SdkSqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi.EntryFailure;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.client.SqsQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Sends each dead letter to a queue; see {@code docs/sqs.md}. One that is sent twice does no harm: when the queue is read as a
 * source, the ledger recognizes the second. After a call that failed in part, the next call leaves out those that were sent.
 */
public final class SqsDeadLetterSink implements DeadLetterSink {
    private static final Logger log = LoggerFactory.getLogger(SqsDeadLetterSink.class);

    private final SqsQueue queue;
    private final Set<String> acknowledged = new HashSet<>();

    private SqsDeadLetterSink(SqsQueue queue) {
        this.queue = queue;
    }

    /** Finds the queue. */
    public static SqsDeadLetterSink create(ConnectionSettings settings, PluginContext context) {
        SqsQueue queue = SqsQueue.open(settings, QueueRole.DEAD_LETTER_SINK);
        OptionalInt maxReceives = queue.attributes().maxReceiveCount();
        if (context.lane() == 0 && maxReceives.isPresent()) {
            log.warn(
                    "the {} keeps dead letters and has a redrive policy: dead letters that were received {} times move to"
                            + " another queue; remove the policy",
                    queue.messages().queue(),
                    maxReceives.getAsInt());
        }
        return new SqsDeadLetterSink(queue);
    }

    @Override
    public void write(List<DeadLetter> deadLetters) throws InterruptedException {
        List<DeadLetterMessage> batch = new ArrayList<>();
        long bytes = 0;
        for (DeadLetter deadLetter : lastOfEachKey(deadLetters)) {
            DeadLetterMessage message = DeadLetterMessage.of(deadLetter);
            if (acknowledged.contains(message.digest())) {
                continue;
            }
            requireFits(message, deadLetter);
            if (batch.size() == SqsApi.BATCH
                    || bytes + message.bytes() > queue.attributes().maxMessageBytes()) {
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

    private static Collection<DeadLetter> lastOfEachKey(List<DeadLetter> deadLetters) {
        Map<Name, DeadLetter> last = new LinkedHashMap<>();
        deadLetters.forEach(each -> last.put(new Name(each.pipeline(), each.key()), each));
        return last.values();
    }

    private record Name(String pipeline, RecordKey key) {}

    private void requireFits(DeadLetterMessage message, DeadLetter deadLetter) {
        if (message.bytes() > queue.attributes().maxMessageBytes()) {
            throw new RejectedException(
                    "letter_too_large",
                    "the dead letter of message " + deadLetter.key().id() + " has " + message.bytes()
                            + " bytes as a message, and the "
                            + queue.messages().queue() + " takes "
                            + queue.attributes().maxMessageBytes()
                            + "; raise the queue's MaximumMessageSize where it is below SQS' own limit, keep dead letters with"
                            + " the postgres or the file sink, or set original: omit");
        }
    }

    private void send(List<DeadLetterMessage> batch) throws InterruptedException {
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

    private SendMessageBatchRequest request(List<DeadLetterMessage> batch) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (DeadLetterMessage message : batch) {
            entries.add(message.entry(Integer.toString(entries.size()), queue.isFifo()));
        }
        return SendMessageBatchRequest.builder()
                .queueUrl(queue.url())
                .entries(entries)
                .build();
    }

    private SendMessageBatchResponse answer(SendMessageBatchRequest request) throws InterruptedException {
        try {
            return SqsConnection.await(
                    queue.connection().call("SendMessageBatch", client -> client.sendMessageBatch(request)));
        } catch (SqsCallException failure) {
            throw failure.kind() == SqsCallException.Kind.REFUSED ? refused(failure.text()) : transientFailure(failure);
        }
    }

    private RuntimeException failure(List<EntryFailure> failures, int size) {
        String what = "SendMessageBatch failed for " + failures.size() + " of " + size + " dead letters: "
                + failures.stream().map(EntryFailure::code).distinct().sorted().collect(Collectors.joining(", "));
        return failures.stream().anyMatch(EntryFailure::senderFault)
                ? refused(what)
                : new TransientException(queue.messages().queue() + ": " + what);
    }

    /** A missing permission or queue too: the engine retries until somebody fixes it, because nothing may be lost. */
    private TransientException transientFailure(SqsCallException failure) {
        return failure.kind().isFatalWhileRunning()
                ? new TransientException(
                        String.valueOf(queue.messages().fatal(failure).getMessage()))
                : queue.messages().passing(failure);
    }

    private RejectedException refused(String what) {
        return new RejectedException(
                "letter_refused",
                "the " + queue.messages().queue() + " does not take dead letters (" + what
                        + "); fix what the code names, or keep dead letters with the postgres or the file sink");
    }

    @Override
    public void close() {
        queue.close();
    }
}
