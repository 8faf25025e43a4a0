package io.etlkit.source.sqs.internal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class MessageReaderTest {
    private static final Instant NOW = Instant.parse("2024-02-03T04:05:06.007Z");

    private final MessageReader reader = new MessageReader(Clock.fixed(NOW, ZoneOffset.UTC));

    private static Message.Builder message() {
        return Message.builder().messageId("m-1").receiptHandle("r-1").body("{\"a\": 1}");
    }

    @Test
    void readsWhatAMessageTells() {
        Instant sentAt = Instant.parse("2023-11-14T22:13:20.123Z");
        EtlRecord record = reader.read(message()
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(sentAt.toEpochMilli()),
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3",
                        MessageSystemAttributeName.MESSAGE_GROUP_ID, "g",
                        MessageSystemAttributeName.SEQUENCE_NUMBER, "18849496460467696128"))
                .build());

        assertThat(record.delivery()).isEqualTo(new DeliveryId("r-1"));
        assertThat(record.key()).isEqualTo(new RecordKey("m-1", sentAt));
        assertThat(record.body()).isEqualTo(Value.of("{\"a\": 1}"));
        assertThat(record.headers())
                .isEqualTo(Map.of(
                        "messageId", Value.of("m-1"),
                        "sentAt", Value.of(sentAt),
                        "receiveCount", Value.of(3),
                        "groupId", Value.of("g"),
                        "sequenceNumber", Value.of("18849496460467696128"),
                        "attributes", ObjectValue.empty()));
    }

    @Test
    void readsMessageAttributesByTheirType() {
        EtlRecord record = reader.read(message()
                .messageAttributes(Map.of(
                        "text", attribute("String").stringValue("x").build(),
                        "number", attribute("Number.float").stringValue("1.50").build(),
                        "odd", attribute("Number").stringValue("many").build(),
                        "bytes",
                                attribute("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2}))
                                        .build()))
                .build());

        assertThat(record.headers().get("attributes"))
                .isEqualTo(Value.of(Map.of(
                        "text", Value.of("x"),
                        "number", Value.of(new BigDecimal("1.50")),
                        "odd", Value.of("many"),
                        "bytes", Value.of(new byte[] {1, 2}))));
    }

    @Test
    void takesNowForWhenItWasSentWhereTheServerDoesNotTell() {
        EtlRecord record = reader.read(message().build());

        assertThat(record.key().since()).isEqualTo(NOW);
        assertThat(record.headers()).containsEntry("receiveCount", Value.of(1));
    }

    private static MessageAttributeValue.Builder attribute(String type) {
        return MessageAttributeValue.builder().dataType(type);
    }
}
