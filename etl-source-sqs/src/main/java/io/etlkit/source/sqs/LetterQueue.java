package io.etlkit.source.sqs;

import io.etlkit.api.PluginContext;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsClients.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue that keeps dead letters, for callers that wait for each answer. One thread calls at a time; {@link #abort} and
 * {@link #close} may come from any, and end the call.
 */
final class LetterQueue implements AutoCloseable {
    static final Duration LONG_POLL = Duration.ofSeconds(1);

    /** Where a server does not tell: stand-ins, whose limit is what AWS had before August 2025. */
    private static final String USUAL_LIMIT = "262144";

    private static final Logger log = LoggerFactory.getLogger(LetterQueue.class);

    private final SourceThread thread;
    private final SqsClients clients;
    private final FailureMessages messages;
    private final boolean fifo;
    private final CompletableFuture<Boolean> closing = new CompletableFuture<>();
    private String url = "";
    private long maxMessageBytes;

    private LetterQueue(SourceThread thread, SqsClients clients, FailureMessages messages, boolean fifo) {
        this.thread = thread;
        this.clients = clients;
        this.messages = messages;
        this.fifo = fifo;
    }

    /**
     * Finds the queue.
     *
     * @throws TransientException when it may be there later
     * @throws StartupException when it never will as configured
     */
    static LetterQueue open(SqsDeadLetterConfig config, PluginContext context) {
        SqsSourceConfig connection = config.connection();
        QueueAddress address = QueueAddress.parse(connection.queue());
        Target target = Targets.of(connection, address);
        FailureMessages messages = new FailureMessages(address, target, QueueUse.DEAD_LETTER_SINK);
        SourceThread thread = new SourceThread("etl-" + context.pipeline() + "-sqs-dead-letters-" + context.lane());
        LetterQueue queue;
        try {
            SqsClients clients = new SqsClients(connection, target, LONG_POLL, thread.executor());
            queue = new LetterQueue(thread, clients, messages, address.isFifo());
        } catch (RuntimeException | Error failure) {
            thread.close();
            throw failure;
        }
        try {
            queue.find(address, context.lane() == 0);
            return queue;
        } catch (InterruptedException stopped) {
            queue.close();
            Thread.currentThread().interrupt();
            throw new TransientException(messages.queue() + ": stopped while it was asked for");
        } catch (SqsFailure failure) {
            queue.close();
            throw messages.atStart(failure);
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    private void find(QueueAddress address, boolean warns) throws InterruptedException {
        url = address.url().isPresent() ? address.url().get().toString() : urlOf(address);
        Map<QueueAttributeName, String> attributes = attributes();
        maxMessageBytes = Long.parseLong(attributes.getOrDefault(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, USUAL_LIMIT));
        Optional<String> redrive = Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY));
        if (warns && redrive.isPresent()) {
            log.warn(
                    "the {} keeps dead letters and has a redrive policy: dead letters that were received {} times move to"
                            + " another queue; remove the policy",
                    messages.queue(),
                    RedrivePolicy.maxReceiveCount(redrive).orElse(0));
        }
    }

    private String urlOf(QueueAddress address) throws InterruptedException {
        GetQueueUrlRequest.Builder request = GetQueueUrlRequest.builder().queueName(address.name());
        address.account().ifPresent(request::queueOwnerAWSAccountId);
        return ask("GetQueueUrl", client -> client.getQueueUrl(request.build())).queueUrl();
    }

    private Map<QueueAttributeName, String> attributes() throws InterruptedException {
        GetQueueAttributesRequest request = GetQueueAttributesRequest.builder()
                .queueUrl(url)
                .attributeNames(QueueAttributeName.ALL)
                .build();
        return ask("GetQueueAttributes", client -> client.getQueueAttributes(request))
                .attributes();
    }

    String url() {
        return url;
    }

    /** The queue, as messages name it. */
    String name() {
        return messages.queue();
    }

    boolean isFifo() {
        return fifo;
    }

    /** The most that a message may have, and that we give a batch. */
    long maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * Calls SQS, and waits for the answer.
     *
     * @throws SqsFailure when it fails
     */
    <T> T ask(String action, Function<SqsAsyncClient, CompletableFuture<T>> call) throws InterruptedException {
        return await(action, SdkSqsApi.call(action, () -> call.apply(clients.control())));
    }

    private <T> T await(String action, CompletableFuture<T> asked) throws InterruptedException {
        try {
            CompletableFuture.anyOf(asked, closing).get();
            if (!asked.isDone()) {
                throw new SqsFailure(SqsFailure.Kind.TRANSIENT, action + ": closed before there was an answer");
            }
            return asked.join();
        } catch (ExecutionException | CompletionException | CancellationException failure) {
            throw SqsFailures.of(action, failure);
        }
    }

    /** For a failure while it is in use: what will not pass by itself is waited for all the same, until it is mended. */
    TransientException held(SqsFailure failure) {
        return failure.kind().isFatalWhileRunning()
                ? new TransientException(String.valueOf(messages.fatal(failure).getMessage()))
                : messages.passing(failure);
    }

    /** Ends a call that is under way; no other can be made. */
    void abort() {
        closing.complete(true);
    }

    @Override
    public void close() {
        abort();
        clients.close();
        thread.close();
    }
}
