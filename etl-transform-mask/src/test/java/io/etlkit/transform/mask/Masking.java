package io.etlkit.transform.mask;

import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.RecordContent;
import io.etlkit.testkit.TestRecords;
import java.util.List;
import java.util.Optional;

/** Masks single values and bodies with the golden vectors' keys. */
final class Masking {
    private final MaskTransform transform;

    Masking(Keyset keyset, MaskField... fields) {
        transform = new MaskTransform(new MaskConfig(Optional.of("unused"), List.of(fields)), Optional.of(keyset));
    }

    /** Masks the field {@code v}. */
    static Masking ofValue(String method, String type, String domain) {
        return new Masking(
                Vectors.keyset(), MaskField.of("v", method).withType(type).withDomain(domain));
    }

    Value value(Value value) {
        ObjectValue body = ObjectValue.empty().with("v", value);
        Value masked = transform
                .apply(TestRecords.json("m", "{}").withBody(body))
                .get(0)
                .body();
        return ((ObjectValue) masked).get("v").orElseThrow();
    }

    String text(String value) {
        return ((TextValue) value(Value.of(value))).value();
    }

    Rejection rejectionOf(Value value) {
        var record = TestRecords.json("m", "{}").withBody(ObjectValue.empty().with("v", value));
        try {
            transform.apply(record);
        } catch (RejectedException rejected) {
            RecordContent.assertAbsent(record, rejected.getMessage());
            return rejected.rejection();
        }
        throw new AssertionError("expected a rejection");
    }

    Rejection rejectionOf(String value) {
        return rejectionOf(Value.of(value));
    }

    static Value json(String text) {
        return JsonReader.read(text);
    }
}
