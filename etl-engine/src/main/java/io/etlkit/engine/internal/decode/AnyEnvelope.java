package io.etlkit.engine.internal.decode;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;

/**
 * Whatever a JSON message is wrapped in: SNS, EventBridge, EventBridge in SNS, or nothing. It is known by the fields that
 * the envelope must have. Each text is parsed once. Stateless.
 */
final class AnyEnvelope implements EnvelopeReader {
    @Override
    public EtlRecord unwrap(EtlRecord record) {
        EtlRecord parsed = parsed(record);
        if (parsed.body() instanceof ObjectValue envelope && SnsEnvelope.isOne(envelope)) {
            parsed = parsed(SnsEnvelope.unwrap(record, envelope));
        }
        return parsed.body() instanceof ObjectValue envelope && EventBridgeEnvelope.isOne(envelope)
                ? EventBridgeEnvelope.unwrap(parsed, envelope)
                : parsed;
    }

    private static EtlRecord parsed(EtlRecord record) {
        if (!(record.body() instanceof TextValue text)) {
            return record;
        }
        S3Pointer.refuse(text);
        Value value = JsonReader.read(text.value());
        // A text in a JSON text would look as if it had not been decoded yet.
        return value instanceof TextValue ? record : record.withBody(value);
    }
}
