package io.etlkit.source.sqs.internal.receive;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Makes records from messages. Safe for any thread. */
public final class MessageReader {
    private static final int HEADERS = 8;
    private static final Value FIRST_RECEIVE = Value.of(1);

    private final Clock clock;

    /** The clock is used where a server does not say when a message was sent. */
    public MessageReader(Clock clock) {
        this.clock = clock;
    }

    /** The record of a message, with the raw body. */
    public EtlRecord read(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        Instant sentAt = sentAt(attributes);
        Map<String, Value> headers = new LinkedHashMap<>(HEADERS * 2);
        headers.put("messageId", new TextValue(message.messageId()));
        headers.put("sentAt", Value.of(sentAt));
        headers.put("receiveCount", receiveCount(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
        put(headers, "groupId", attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
        put(headers, "sequenceNumber", attributes.get(MessageSystemAttributeName.SEQUENCE_NUMBER));
        headers.put("attributes", userAttributes(message));
        return new EtlRecord(
                new DeliveryId(message.receiptHandle()),
                new RecordKey(message.messageId(), sentAt),
                new TextValue(message.body()),
                headers);
    }

    private Instant sentAt(Map<MessageSystemAttributeName, String> attributes) {
        @Nullable String millis = attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP);
        return Instant.ofEpochMilli(millis == null ? clock.millis() : Long.parseLong(millis));
    }

    private static Value receiveCount(@Nullable String count) {
        return count == null || count.equals("1") ? FIRST_RECEIVE : Value.of(Long.parseLong(count));
    }

    private static void put(Map<String, Value> headers, String name, @Nullable String text) {
        if (text != null) {
            headers.put(name, new TextValue(text));
        }
    }

    private static ObjectValue userAttributes(Message message) {
        if (!message.hasMessageAttributes() || message.messageAttributes().isEmpty()) {
            return ObjectValue.empty();
        }
        ObjectValue.Builder object = ObjectValue.builder();
        message.messageAttributes().forEach((name, value) -> object.put(name, attribute(value)));
        return object.build();
    }

    /** Types may have a suffix, such as {@code Number.float}. */
    private static Value attribute(MessageAttributeValue attribute) {
        if (attribute.binaryValue() != null) {
            return Value.of(attribute.binaryValue().asByteArrayUnsafe());
        }
        String text = attribute.stringValue() == null ? "" : attribute.stringValue();
        return attribute.dataType() != null && attribute.dataType().startsWith("Number")
                ? number(text)
                : Value.of(text);
    }

    private static Value number(String text) {
        try {
            return Value.of(new BigDecimal(text));
        } catch (NumberFormatException odd) {
            return Value.of(text);
        }
    }
}
