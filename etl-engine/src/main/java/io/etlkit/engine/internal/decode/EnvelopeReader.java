package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.engine.DecodeConfig;

/** Takes a message out of what it is wrapped in. Stateless. */
@FunctionalInterface
interface EnvelopeReader {
    /** The reason code of a message that is not wrapped as the pipeline says. */
    String NOT_AN_ENVELOPE = "not_an_envelope";

    /**
     * The record with the message proper as its body, text or already decoded, and what the envelope tells as a header.
     *
     * @throws io.etlkit.api.RejectedException when it is not such an envelope
     */
    EtlRecord unwrap(EtlRecord record);

    /** The reader of the envelope that a pipeline asks for. */
    static EnvelopeReader of(DecodeConfig.Envelope envelope) {
        return switch (envelope) {
            case NONE -> record -> record;
            case SNS -> new SnsEnvelope();
            case EVENTBRIDGE -> new EventBridgeEnvelope();
            case AUTO -> new AnyEnvelope();
        };
    }
}
