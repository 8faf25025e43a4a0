package io.etlkit.transform.mask;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.RecordContent;
import io.etlkit.testkit.TestRecords;
import io.etlkit.transform.mask.internal.field.MaskTransform;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.List;
import java.util.Optional;

/** Masks single values and bodies with the golden vectors' keys. */
public final class Masking {
    private static final EtlRecord RECORD = TestRecords.json("m", "{}");

    private final MaskTransform transform;

    public Masking(Keyset keyset, MaskField... fields) {
        transform = new MaskTransform(new MaskConfig(Optional.of("unused"), List.of(fields)), Optional.of(keyset));
    }

    public Masking(MaskField... fields) {
        this(Vectors.keyset(), fields);
    }

    /** Masks the field {@code v}. */
    public static Masking ofValue(String method, String type, String domain) {
        return new Masking(
                Vectors.keyset(), MaskField.of("v", method).withType(type).withDomain(domain));
    }

    public Value value(Value value) {
        return masked(ObjectValue.empty().with("v", value)).get("v").orElseThrow();
    }

    public String textOf(Value value) {
        return textIn(value(value));
    }

    public String text(String value) {
        return textOf(Value.of(value));
    }

    public static String textIn(Value value) {
        return ((TextValue) value).value();
    }

    /** A whole body, masked. */
    public ObjectValue body(String body) {
        return masked(json(body));
    }

    /** What is at a path of a masked body. */
    public List<Value> select(String body, String path) {
        return FieldPath.parse(path).select(body(body));
    }

    private ObjectValue masked(Value body) {
        return (ObjectValue) transform.apply(RECORD.withBody(body)).get(0).body();
    }

    public Rejection rejectionOf(Value value) {
        return rejectionOfBody(ObjectValue.empty().with("v", value));
    }

    public Rejection rejectionOfBody(String body) {
        return rejectionOfBody(json(body));
    }

    private Rejection rejectionOfBody(Value body) {
        EtlRecord record = RECORD.withBody(body);
        try {
            transform.apply(record);
        } catch (RejectedException rejected) {
            RecordContent.assertAbsent(record, rejected.getMessage());
            return rejected.rejection();
        }
        throw new AssertionError("expected a rejection");
    }

    public Rejection rejectionOf(String value) {
        return rejectionOf(Value.of(value));
    }

    public static Value json(String text) {
        return JsonReader.read(text);
    }
}
