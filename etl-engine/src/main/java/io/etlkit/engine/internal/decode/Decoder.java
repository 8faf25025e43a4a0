package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.json.JsonReader;

/** The chain's first step: raw text becomes an object. Stateless. */
public final class Decoder {
    static final String NOT_AN_OBJECT = "not_an_object";
    private static final String NOT_TEXT = "not_text";
    private static final String TEXT_FIELD = "text";

    private final EnvelopeReader envelope;
    private final boolean json;

    public Decoder(DecodeConfig config) {
        this.envelope = EnvelopeReader.of(config.envelope());
        this.json = config.format() != DecodeConfig.Format.TEXT;
    }

    /**
     * The record with an object as its body.
     *
     * @throws RejectedException when that can not be made of it
     */
    public EtlRecord decode(EtlRecord raw) {
        S3Pointer.refuse(text(raw.body()));
        EtlRecord message = envelope.unwrap(raw);
        return message.withBody(decoded(message.body()));
    }

    private ObjectValue decoded(Value message) {
        if (!(message instanceof TextValue text)) {
            return object(message);
        }
        S3Pointer.refuse(text);
        return json
                ? object(JsonReader.read(text.value()))
                : ObjectValue.empty().with(TEXT_FIELD, text);
    }

    private static TextValue text(Value body) {
        if (body instanceof TextValue text) {
            return text;
        }
        throw new RejectedException(
                NOT_TEXT, "the message is no text but " + body.kind().label());
    }

    private static ObjectValue object(Value value) {
        if (value instanceof ObjectValue object) {
            return object;
        }
        throw new RejectedException(
                NOT_AN_OBJECT,
                "the message is JSON, but not an object: " + value.kind().label());
    }
}
