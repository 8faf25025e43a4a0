package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns values into another type, or rejects the record. */
final class CastTransform implements Transform {
    private final Map<FieldPath, CastType> topLevel = new LinkedHashMap<>();
    private final Map<FieldPath, CastType> nested = new LinkedHashMap<>();

    CastTransform(CastConfig config) {
        config.byPath().forEach((field, type) -> (field.isTopLevel() ? topLevel : nested).put(field, type));
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        Value body = castTopLevel(Rejections.objectBody(record));
        for (Map.Entry<FieldPath, CastType> field : nested.entrySet()) {
            body = field.getKey().replace(body, value -> cast(field.getKey(), field.getValue(), value));
        }
        return List.of(record.withBody(body));
    }

    private ObjectValue castTopLevel(ObjectValue body) {
        if (topLevel.isEmpty()) {
            return body;
        }
        ObjectValue.Builder fields = body.toBuilder();
        topLevel.forEach((field, type) ->
                body.get(field.root()).ifPresent(value -> fields.put(field.root(), cast(field, type, value))));
        return fields.build();
    }

    private static Value cast(FieldPath field, CastType type, Value value) {
        if (value.isNull()) {
            return value;
        }
        Optional<Value> cast = type.cast(value);
        return cast.orElseThrow(() -> new RejectedException(
                Rejections.NOT_CASTABLE,
                field,
                "the field's value, of kind " + value.kind().label() + ", is not " + type.described()));
    }
}
