package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.List;

/** Removes fields. */
final class DropTransform implements Transform {
    private final List<String> topLevel;
    private final List<FieldPath> nested;

    DropTransform(DropConfig config) {
        this.topLevel = config.fields().stream()
                .filter(FieldPath::isTopLevel)
                .map(FieldPath::root)
                .toList();
        this.nested =
                config.fields().stream().filter(field -> !field.isTopLevel()).toList();
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        Value body = withoutTopLevel(Rejections.objectBody(record));
        for (FieldPath field : nested) {
            body = field.remove(body);
        }
        return List.of(record.withBody(body));
    }

    private ObjectValue withoutTopLevel(ObjectValue body) {
        if (topLevel.stream().noneMatch(body::has)) {
            return body;
        }
        ObjectValue.Builder kept = body.toBuilder();
        topLevel.forEach(kept::remove);
        return kept.build();
    }
}
