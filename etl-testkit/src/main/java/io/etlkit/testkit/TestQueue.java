package io.etlkit.testkit;

import io.etlkit.dev.EmbeddedSqs;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * A queue of a real SQS server that belongs to one test; see {@link SqsExtension}. Safe for any thread; each call blocks for
 * its requests.
 */
public final class TestQueue implements AutoCloseable {
    private static final int MAX_BATCH = 10;

    private final EmbeddedSqs sqs;
    private final SqsClient client;
    private final String name;
    private final String url;
    private final @Nullable TestQueue deadLetterQueue;

    private TestQueue(
            SqsExtension.Server server,
            String name,
            Map<String, String> attributes,
            @Nullable TestQueue deadLetterQueue) {
        this.sqs = server.sqs();
        this.client = server.client();
        this.name = name;
        this.url = sqs.createQueue(name, attributes);
        this.deadLetterQueue = deadLetterQueue;
    }

    static TestQueue create(SqsExtension.Server server, Optional<QueueSettings> settings) {
        Map<String, String> attributes = new LinkedHashMap<>();
        settings.ifPresent(
                set -> attributes.put("VisibilityTimeout", Integer.toString(set.visibilityTimeoutSeconds())));
        String suffix = settings.map(QueueSettings::fifo).orElse(false) ? ".fifo" : "";
        String name = "test-" + UUID.randomUUID();
        int maxReceiveCount = settings.map(QueueSettings::maxReceiveCount).orElse(0);
        if (maxReceiveCount == 0) {
            return new TestQueue(server, name + suffix, attributes, null);
        }
        TestQueue deadLetters = new TestQueue(server, name + "-dead" + suffix, Map.of(), null);
        attributes.put(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + deadLetters.attribute(QueueAttributeName.QUEUE_ARN)
                        + "\",\"maxReceiveCount\":" + maxReceiveCount + "}");
        return new TestQueue(server, name + suffix, attributes, deadLetters);
    }

    /** The queue's name. */
    public String name() {
        return name;
    }

    /** The queue's URL. */
    public String url() {
        return url;
    }

    /** Where the server listens. */
    public URI endpoint() {
        return sqs.endpoint();
    }

    /** The region to name. */
    public String region() {
        return sqs.region();
    }

    /** An access key id that the server takes. */
    public String accessKeyId() {
        return sqs.accessKeyId();
    }

    /** The secret that goes with it. */
    public String secretAccessKey() {
        return sqs.secretAccessKey();
    }

    /** A client of the server; it is shared, so it must not be closed. */
    public SqsClient client() {
        return client;
    }

    /** Where messages go that were delivered too often; there when {@link QueueSettings#maxReceiveCount} is set. */
    public TestQueue deadLetterQueue() {
        if (deadLetterQueue == null) {
            throw new IllegalStateException(
                    "the queue has no dead-letter queue: set @QueueSettings(maxReceiveCount = ..)");
        }
        return deadLetterQueue;
    }

    /** Sends messages in order; on a FIFO queue all in the group {@code test}. */
    public void send(String... bodies) {
        send(List.of(bodies));
    }

    /** Sends messages in order; on a FIFO queue all in the group {@code test}. */
    public void send(List<String> bodies) {
        sendToGroup("test", bodies);
    }

    /** Sends messages in order to a group of a FIFO queue; a standard queue has no groups, and ignores it. */
    public void sendToGroup(String group, List<String> bodies) {
        for (int from = 0; from < bodies.size(); from += MAX_BATCH) {
            List<String> batch = bodies.subList(from, Math.min(from + MAX_BATCH, bodies.size()));
            List<SendMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                    .mapToObj(index -> entry(Integer.toString(index), group, batch.get(index)))
                    .toList();
            SendMessageBatchResponse response =
                    client.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
            if (response.hasFailed()) {
                throw new IllegalStateException(response.failed().size() + " messages were refused");
            }
        }
    }

    private SendMessageBatchRequestEntry entry(String id, String group, String body) {
        SendMessageBatchRequestEntry.Builder entry =
                SendMessageBatchRequestEntry.builder().id(id).messageBody(body);
        if (name.endsWith(".fifo")) {
            entry.messageGroupId(group).messageDeduplicationId(UUID.randomUUID().toString());
        }
        return entry.build();
    }

    /** Sends one message with attributes of type {@code String} to a standard queue. */
    public void sendWithAttributes(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((key, value) -> values.put(
                key,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        client.sendMessage(request -> request.queueUrl(url).messageBody(body).messageAttributes(values));
    }

    /**
     * Receives what is there now, up to {@code max} messages, with all their attributes; they stay hidden as the queue's
     * visibility timeout says.
     */
    public List<Message> receive(int max) {
        List<Message> received = new ArrayList<>();
        while (received.size() < max) {
            int wanted = Math.min(MAX_BATCH, max - received.size());
            List<Message> some = client.receiveMessage(request -> request.queueUrl(url)
                            .maxNumberOfMessages(wanted)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            if (some.isEmpty()) {
                break;
            }
            received.addAll(some);
        }
        return received;
    }

    /** How many messages are waiting, in flight or delayed. */
    public long depth() {
        return sqs.depth(name);
    }

    /** How many messages are waiting to be received. */
    public long visible() {
        return Long.parseLong(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** How many messages were received and are hidden. */
    public long inFlight() {
        return Long.parseLong(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    /** One of the queue's attributes; empty when it is not set. */
    public String attribute(QueueAttributeName attribute) {
        return client.getQueueAttributes(request -> request.queueUrl(url).attributeNames(attribute))
                .attributes()
                .getOrDefault(attribute, "");
    }

    /** Removes the queue; what removes it first is no failure. */
    @Override
    public void close() {
        client.listQueues(request -> request.queueNamePrefix(name)).queueUrls().stream()
                .filter(url::equals)
                .forEach(found -> client.deleteQueue(request -> request.queueUrl(found)));
        if (deadLetterQueue != null) {
            deadLetterQueue.close();
        }
    }

    @Override
    public String toString() {
        return "TestQueue[" + name + "]";
    }
}
