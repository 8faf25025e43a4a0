package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Optional;

/** Rejects a record in which a field is missing or null. */
final class RequireTransform implements Transform {
    private final List<FieldPath> fields;

    RequireTransform(RequireConfig config) {
        this.fields = config.fields();
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        ObjectValue body = Rejections.objectBody(record);
        for (FieldPath field : fields) {
            check(body, field, 0);
        }
        return List.of(record);
    }

    private static void check(Value value, FieldPath field, int depth) {
        if (value.isNull()) {
            throw depth == field.segments().size() ? Rejections.isNull(field) : Rejections.missing(field);
        }
        if (depth == field.segments().size()) {
            return;
        }
        Segment segment = field.segments().get(depth);
        if (!segment.isWildcard()) {
            check(child(value, segment.name()).orElseThrow(() -> Rejections.missing(field)), field, depth + 1);
        } else if (value instanceof ListValue list) {
            list.values().forEach(element -> check(element, field, depth + 1));
        } else {
            throw Rejections.notAList(field, value);
        }
    }

    private static Optional<Value> child(Value value, String name) {
        return value instanceof ObjectValue object ? object.get(name) : Optional.empty();
    }
}
