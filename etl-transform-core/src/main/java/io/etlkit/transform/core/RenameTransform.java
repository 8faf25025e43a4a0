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

/** Gives fields other names: takes all of them out first, so that names can be swapped, and then puts each under its new. */
final class RenameTransform implements Transform {
    private final Map<FieldPath, FieldPath> fields;
    private final boolean topLevelOnly;

    RenameTransform(RenameConfig config) {
        this.fields = config.byPath();
        this.topLevelOnly = fields.entrySet().stream()
                .allMatch(
                        field -> field.getKey().isTopLevel() && field.getValue().isTopLevel());
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        ObjectValue body = Rejections.objectBody(record);
        Map<FieldPath, Value> moved = new LinkedHashMap<>();
        fields.forEach((from, to) -> from.find(body).ifPresent(value -> moved.put(to, value)));
        if (moved.isEmpty()) {
            return List.of(record);
        }
        return List.of(record.withBody(topLevelOnly ? renameTopLevel(body, moved) : move(body, moved)));
    }

    private ObjectValue renameTopLevel(ObjectValue body, Map<FieldPath, Value> moved) {
        ObjectValue.Builder renamed = body.toBuilder();
        fields.keySet().forEach(from -> renamed.remove(from.root()));
        moved.forEach((to, value) -> {
            if (renamed.has(to.root())) {
                throw collision(to);
            }
            renamed.put(to.root(), value);
        });
        return renamed.build();
    }

    private ObjectValue move(ObjectValue body, Map<FieldPath, Value> moved) {
        Value without = body;
        for (FieldPath from : fields.keySet()) {
            without = from.remove(without);
        }
        ObjectValue renamed = (ObjectValue) without;
        for (Map.Entry<FieldPath, Value> field : moved.entrySet()) {
            FieldPath to = field.getKey();
            if (to.find(renamed).isPresent()) {
                throw collision(to);
            }
            Optional<ObjectValue> set = to.set(renamed, field.getValue());
            renamed = set.orElseThrow(() -> Rejections.notAnObject(to));
        }
        return renamed;
    }

    private static RejectedException collision(FieldPath to) {
        return new RejectedException(
                Rejections.NAME_COLLISION, to, "a field is to be renamed to this name, and the record has one already");
    }
}
