package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;

/**
 * An event as Amazon EventBridge puts it into a queue: a JSON object whose {@code detail} is the message. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html">EventBridge event
 *     structure</a>
 */
final class EventBridgeEnvelope implements EnvelopeReader {
    private static final String HEADER = "eventbridge";
    private static final String EXPECTED = "EventBridge event";
    private static final String DETAIL = "detail";

    @Override
    public EtlRecord unwrap(EtlRecord record) {
        ObjectValue envelope = EnvelopeFields.envelope(record, EXPECTED);
        if (isOne(envelope)) {
            return unwrap(record, envelope);
        }
        throw new RejectedException(
                NOT_AN_ENVELOPE,
                "the message is no " + EXPECTED
                        + ": it needs the texts version, id, detail-type and source, and the object" + " detail");
    }

    static boolean isOne(ObjectValue envelope) {
        return EnvelopeFields.hasTexts(envelope, "version", "id", "detail-type", "source")
                && envelope.get(DETAIL).filter(ObjectValue.class::isInstance).isPresent();
    }

    static EtlRecord unwrap(EtlRecord record, ObjectValue envelope) {
        ObjectValue.Builder header = ObjectValue.builder();
        EnvelopeFields.copy(envelope, "id", header, "id");
        EnvelopeFields.copy(envelope, "source", header, "source");
        EnvelopeFields.copy(envelope, "detail-type", header, "detailType");
        EnvelopeFields.copyTime(envelope, "time", header, "time");
        EnvelopeFields.copy(envelope, "account", header, "account");
        EnvelopeFields.copy(envelope, "region", header, "region");
        EnvelopeFields.copy(envelope, "resources", header, "resources");
        return record.withHeader(HEADER, header.build())
                .withBody(envelope.get(DETAIL).orElseThrow());
    }
}
