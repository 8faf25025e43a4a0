package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Optional;

/** Moves the fields of nested objects up, under joined names. Lists stay as they are, and so do empty objects. */
final class FlattenTransform implements Transform {
    private final String separator;
    private final List<Segment> path;
    private final int maxDepth;

    FlattenTransform(FlattenConfig config) {
        this.separator = config.separator();
        this.path = config.path().map(FieldPath::segments).orElse(List.of());
        this.maxDepth = config.maxDepth().orElse(Integer.MAX_VALUE);
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        ObjectValue body = Rejections.objectBody(record);
        return List.of(record.withBody(path.isEmpty() ? flattenAll(body) : flattenOne(body, 0)));
    }

    private ObjectValue flattenAll(ObjectValue object) {
        ObjectValue.Builder flat = ObjectValue.builder();
        object.forEach((name, value) -> put(flat, name, value, 0));
        return flat.build();
    }

    /** The object with what the path from {@code depth} on leads to flattened into the object that holds it. */
    private ObjectValue flattenOne(ObjectValue object, int depth) {
        String target = path.get(depth).name();
        Optional<Value> child = object.get(target);
        if (child.isEmpty() || !(child.get() instanceof ObjectValue inner)) {
            return object;
        }
        if (depth < path.size() - 1) {
            return object.with(target, flattenOne(inner, depth + 1));
        }
        ObjectValue.Builder flat = ObjectValue.builder();
        object.forEach((name, value) -> put(flat, name, value, name.equals(target) ? 0 : maxDepth));
        return flat.build();
    }

    /** Puts a value, or in its place the fields in it when it is an object that is still to be dissolved. */
    private void put(ObjectValue.Builder flat, String name, Value value, int depth) {
        if (value instanceof ObjectValue object && object.size() > 0 && depth < maxDepth) {
            object.forEach((inner, child) -> put(flat, name + separator + inner, child, depth + 1));
            return;
        }
        if (flat.has(name)) {
            throw new RejectedException(
                    Rejections.NAME_COLLISION, "two fields of the record get the same name when it is flattened");
        }
        flat.put(name, value);
    }
}
