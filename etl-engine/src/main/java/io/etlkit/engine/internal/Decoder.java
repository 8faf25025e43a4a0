package io.etlkit.engine.internal;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.json.JsonReader;

/** The chain's first step: raw text becomes an object. Stateless. */
final class Decoder {
    static final String NOT_AN_OBJECT = "not_an_object";
    private static final String NOT_TEXT = "not_text";
    private static final String TEXT_FIELD = "text";

    private final EnvelopeReader envelope;
    private final boolean json;

    Decoder(DecodeConfig config) {
        this.envelope = envelopeReader(config.envelope());
        this.json = config.format() == DecodeConfig.Format.JSON;
    }

    /** The record with an object as its body. */
    EtlRecord decode(EtlRecord raw) {
        EtlRecord message = envelope.unwrap(raw);
        if (!(message.body() instanceof TextValue text)) {
            throw new RejectedException(
                    NOT_TEXT,
                    "the message is no text but " + message.body().kind().label());
        }
        return message.withBody(
                json ? object(text.value()) : ObjectValue.empty().with(TEXT_FIELD, text));
    }

    private static ObjectValue object(String text) {
        Value value = JsonReader.read(text);
        if (value instanceof ObjectValue object) {
            return object;
        }
        throw new RejectedException(
                NOT_AN_OBJECT,
                "the message is JSON, but not an object: " + value.kind().label());
    }

    private static EnvelopeReader envelopeReader(DecodeConfig.Envelope envelope) {
        return switch (envelope) {
            case NONE -> EnvelopeReader.none();
            case SNS, EVENTBRIDGE, AUTO ->
                throw new IllegalArgumentException("decode.envelope: only \"none\" is supported so far");
        };
    }
}
