package io.etlkit.transform.core;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.TransformHarness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs a step over JSON. */
final class Steps {
    private Steps() {}

    static EtlRecord record(Value body) {
        Instant sentAt = Instant.parse("2024-05-01T22:30:00Z");
        return new EtlRecord(
                new DeliveryId("d1"), new RecordKey("m1", sentAt), body, Map.of("sentAt", Value.of(sentAt)));
    }

    static EtlRecord record(String json) {
        return record(JsonReader.read(json));
    }

    /** What comes out for a body; the harness also holds the step to the effects that it declares. */
    static <C extends Record> List<String> apply(TransformFactory<C> factory, C config, String json) {
        try (TransformHarness step = TransformHarness.of(factory, config)) {
            return step.apply(json);
        }
    }

    static List<FieldPath> paths(String... texts) {
        return Stream.of(texts).map(FieldPath::parse).toList();
    }
}
