package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;

/**
 * A notification as Amazon SNS puts it into a queue, unless the subscription has raw message delivery: a JSON object with the
 * message as text. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">SNS message formats</a>
 */
final class SnsEnvelope implements EnvelopeReader {
    private static final String HEADER = "sns";
    private static final String EXPECTED = "SNS notification";
    private static final String MESSAGE = "Message";

    @Override
    public EtlRecord unwrap(EtlRecord record) {
        ObjectValue envelope = EnvelopeFields.envelope(record, EXPECTED);
        if (isOne(envelope)) {
            return unwrap(record, envelope);
        }
        throw new RejectedException(
                NOT_AN_ENVELOPE,
                "the message is no " + EXPECTED
                        + ": it needs Type \"Notification\" and the texts MessageId, TopicArn and"
                        + " Message; a subscription with raw message delivery needs no envelope");
    }

    static boolean isOne(ObjectValue envelope) {
        return EnvelopeFields.hasTexts(envelope, "MessageId", "TopicArn", MESSAGE)
                && EnvelopeFields.text(envelope, "Type")
                        .filter("Notification"::equals)
                        .isPresent();
    }

    static EtlRecord unwrap(EtlRecord record, ObjectValue envelope) {
        ObjectValue.Builder header = ObjectValue.builder();
        EnvelopeFields.copy(envelope, "MessageId", header, "messageId");
        EnvelopeFields.copy(envelope, "TopicArn", header, "topicArn");
        EnvelopeFields.copy(envelope, "Subject", header, "subject");
        EnvelopeFields.copyTime(envelope, "Timestamp", header, "timestamp");
        header.put("attributes", attributes(envelope));
        return record.withHeader(HEADER, header.build())
                .withBody(envelope.get(MESSAGE).orElseThrow());
    }

    /** SNS gives each attribute as an object with its type and its value; the value is enough. */
    private static ObjectValue attributes(ObjectValue envelope) {
        ObjectValue.Builder attributes = ObjectValue.builder();
        if (envelope.get("MessageAttributes").orElse(ObjectValue.empty()) instanceof ObjectValue given) {
            given.forEach((name, attribute) -> {
                if (attribute instanceof ObjectValue typed
                        && typed.get("Value").orElse(typed) instanceof TextValue value) {
                    attributes.put(name, value);
                }
            });
        }
        return attributes.build();
    }
}
