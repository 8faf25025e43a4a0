package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue that was found, and the connection to it. Safe for any thread. */
public final class SqsQueue implements AutoCloseable {
    /** Where a server does not say: stand-ins, whose limit is AWS's before August 2025. */
    private static final String DEFAULT_MAX_MESSAGE_BYTES = "262144";

    private final SqsConnection connection;
    private final QueueAddress address;
    private final ErrorMessages messages;
    private final String url;
    private final Attributes attributes;

    private SqsQueue(SqsConnection connection, QueueAddress address, ErrorMessages messages)
            throws InterruptedException {
        this.connection = connection;
        this.address = address;
        this.messages = messages;
        this.url = address.url().isPresent() ? address.url().get().toString() : findUrl();
        this.attributes = SqsConnection.await(readAttributes());
    }

    /**
     * The queue's settings and counts.
     *
     * @param visibilityTimeout how long a received message stays hidden
     * @param maxReceiveCount how often the redrive policy has a message delivered; empty: there is no policy
     * @param messages how many there are: waiting, in flight and delayed
     * @param maxMessageBytes the most that a message or a batch of them may have
     */
    public record Attributes(
            Duration visibilityTimeout, OptionalInt maxReceiveCount, long messages, long maxMessageBytes) {}

    /**
     * Finds the queue and reads its attributes.
     *
     * @throws TransientException when it may be there later
     * @throws StartupException when it never will as configured
     */
    public static SqsQueue open(ConnectionSettings settings, QueueRole role) {
        Endpoint endpoint = Endpoint.of(settings);
        ErrorMessages messages = new ErrorMessages(settings.queue(), endpoint, role);
        SqsConnection connection = new SqsConnection(settings, endpoint);
        try {
            return new SqsQueue(connection, settings.queue(), messages);
        } catch (InterruptedException stopped) {
            connection.close();
            Thread.currentThread().interrupt();
            throw new TransientException(messages.queue() + ": interrupted while connecting");
        } catch (SqsCallException failure) {
            connection.close();
            throw messages.atStart(failure);
        } catch (RuntimeException | Error failure) {
            connection.close();
            throw failure;
        }
    }

    private String findUrl() throws InterruptedException {
        GetQueueUrlRequest.Builder request = GetQueueUrlRequest.builder().queueName(address.name());
        address.account().ifPresent(request::queueOwnerAWSAccountId);
        CompletableFuture<GetQueueUrlResponse> call =
                connection.call("GetQueueUrl", client -> client.getQueueUrl(request.build()));
        return SqsConnection.await(call).queueUrl();
    }

    /** Reads the attributes as they are now. */
    CompletableFuture<Attributes> readAttributes() {
        GetQueueAttributesRequest request = GetQueueAttributesRequest.builder()
                .queueUrl(url)
                .attributeNames(QueueAttributeName.ALL)
                .build();
        return connection
                .call("GetQueueAttributes", client -> client.getQueueAttributes(request))
                .thenApply(response -> attributes(response.attributes()));
    }

    private static Attributes attributes(Map<QueueAttributeName, String> values) {
        long messages = List.of(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)
                .stream()
                .mapToLong(name -> number(values, name, "0"))
                .sum();
        return new Attributes(
                Duration.ofSeconds(number(values, QueueAttributeName.VISIBILITY_TIMEOUT, "0")),
                RedrivePolicy.maxReceiveCount(Optional.ofNullable(values.get(QueueAttributeName.REDRIVE_POLICY))),
                messages,
                number(values, QueueAttributeName.MAXIMUM_MESSAGE_SIZE, DEFAULT_MAX_MESSAGE_BYTES));
    }

    private static long number(Map<QueueAttributeName, String> values, QueueAttributeName name, String otherwise) {
        return Long.parseLong(values.getOrDefault(name, otherwise));
    }

    /** The connection. */
    public SqsConnection connection() {
        return connection;
    }

    /** The queue's URL. */
    public String url() {
        return url;
    }

    /** The attributes as they were when the queue was found. */
    public Attributes attributes() {
        return attributes;
    }

    /** Whether it is a FIFO queue. */
    public boolean isFifo() {
        return address.isFifo();
    }

    /** Puts failures into words. */
    public ErrorMessages messages() {
        return messages;
    }

    @Override
    public void close() {
        connection.close();
    }
}
