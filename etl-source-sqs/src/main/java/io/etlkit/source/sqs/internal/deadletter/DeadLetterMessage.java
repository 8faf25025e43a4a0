package io.etlkit.source.sqs.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonEscapes;
import io.etlkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A dead letter as a message: its JSON as the body, and what an operator filters by as attributes.
 *
 * @param body the JSON, in characters that <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SQS takes</a>
 * @param attributes pipeline, stage and reason
 * @param digest of the body; equal only for a dead letter that is sent again
 * @param bytes what counts towards the queue's limit
 */
record DeadLetterMessage(String body, Map<String, String> attributes, String digest, long bytes) {
    private static final String TEXT = "String";

    static DeadLetterMessage of(DeadLetter deadLetter) {
        String body = escaped(JsonWriter.write(DeadLetterJson.of(deadLetter)));
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("pipeline", deadLetter.pipeline());
        attributes.put("stage", deadLetter.stage().label());
        attributes.put("reason", deadLetter.rejection().reason());
        attributes.values().removeIf(value -> value.isEmpty() || !value.equals(escaped(value)));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new DeadLetterMessage(body, attributes, digest(bytes), bytes.length + size(attributes));
    }

    private static long size(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(attribute -> attribute.getKey().length()
                        + TEXT.length()
                        + attribute.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /**
     * Its entry of a batch. On a FIFO queue it is a group of its own, so that one that cannot be processed does not hold
     * up the others.
     */
    SendMessageBatchRequestEntry entry(String id, boolean fifo) {
        SendMessageBatchRequestEntry.Builder entry =
                SendMessageBatchRequestEntry.builder().id(id).messageBody(body).messageAttributes(values());
        if (fifo) {
            entry.messageGroupId(digest).messageDeduplicationId(digest);
        }
        return entry.build();
    }

    private Map<String, MessageAttributeValue> values() {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> MessageAttributeValue.builder()
                                .dataType(TEXT)
                                .stringValue(attribute.getValue())
                                .build()));
    }

    /** SQS takes the characters of XML 1.0 only. In JSON the others stand inside strings, where an escape means the same. */
    private static String escaped(String json) {
        return JsonEscapes.escape(json, character -> !isXml(character));
    }

    private static boolean isXml(int character) {
        boolean control = character < ' ' && character != '\t' && character != '\n' && character != '\r';
        return !JsonEscapes.isSurrogate(character) && !control && character != 0xFFFE && character != 0xFFFF;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "DeadLetterMessage[" + bytes + " bytes]";
    }
}
