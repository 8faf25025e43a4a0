package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes fields whose values are made of the record as it was before any of them was written. */
final class FieldWriter {
    private final List<Field> topLevel;
    private final List<Field> nested;

    private FieldWriter(List<Field> topLevel, List<Field> nested) {
        this.topLevel = topLevel;
        this.nested = nested;
    }

    /** A writer of these fields; {@code values} makes, of what stands for each, the function from the record to its value. */
    static <V> FieldWriter of(Map<FieldPath, V> fields, Function<V, Function<EtlRecord, Value>> values) {
        List<Field> topLevel = new ArrayList<>();
        List<Field> nested = new ArrayList<>();
        fields.forEach((path, value) ->
                (path.isTopLevel() ? topLevel : nested).add(new Field(path, path.root(), values.apply(value))));
        return new FieldWriter(List.copyOf(topLevel), List.copyOf(nested));
    }

    EtlRecord write(EtlRecord record) {
        ObjectValue before = Rejections.objectBody(record);
        ObjectValue body = before;
        if (!topLevel.isEmpty()) {
            ObjectValue.Builder fields = before.toBuilder();
            topLevel.forEach(field -> fields.put(field.root, field.value.apply(record)));
            body = fields.build();
        }
        for (Field field : nested) {
            body = field.path
                    .set(body, field.value.apply(record))
                    .orElseThrow(() -> Rejections.notAnObject(field.path));
        }
        return record.withBody(body);
    }

    private record Field(FieldPath path, String root, Function<EtlRecord, Value> value) {}
}
