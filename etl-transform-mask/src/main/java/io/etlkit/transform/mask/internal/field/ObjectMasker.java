package io.etlkit.transform.mask.internal.field;

import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.type.Rejections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks the fields that share a holder: the body, or each element of a list. All values are taken from the holder as it
 * was; then the originals and whatever stood where a masked value goes are removed; then the masked values are written.
 */
public final class ObjectMasker {
    private final List<Segment> holder;
    private final List<FieldMasker> fields;
    /** Whether the fields are the elements themselves. */
    private final boolean elements;

    private final boolean topLevelOnly;

    public ObjectMasker(List<Segment> holder, boolean elements, List<FieldMasker> fields) {
        this.holder = holder;
        this.elements = elements;
        this.fields = fields;
        this.topLevelOnly = fields.stream()
                .allMatch(field -> field.from().isTopLevel() && field.to().isTopLevel());
    }

    Value apply(Value body) {
        fields.forEach(FieldMasker::countRecord);
        return apply(body, 0);
    }

    private Value apply(Value value, int depth) {
        if (depth == holder.size()) {
            return elements ? fields.get(0).mask(value) : maskHolder(value);
        }
        Segment segment = holder.get(depth);
        if (value.isNull()) {
            fields.forEach(FieldMasker::missing);
            return value;
        }
        if (segment.isWildcard()) {
            return applyToElements(value, depth);
        }
        if (!(value instanceof ObjectValue object)) {
            throw Rejections.notAnObject(path());
        }
        Optional<Value> child = object.get(segment.name());
        if (child.isEmpty()) {
            fields.forEach(FieldMasker::missing);
            return value;
        }
        return object.with(segment.name(), apply(child.get(), depth + 1));
    }

    private Value applyToElements(Value value, int depth) {
        if (!(value instanceof ListValue list)) {
            throw Rejections.notAList(path());
        }
        List<Value> masked = new ArrayList<>(list.values().size());
        for (Value element : list.values()) {
            masked.add(apply(element, depth + 1));
        }
        return new ListValue(masked);
    }

    private Value maskHolder(Value value) {
        List<Optional<Value>> masked = new ArrayList<>(fields.size());
        for (FieldMasker field : fields) {
            masked.add(field.maskInside(value));
        }
        if (!(value instanceof ObjectValue object)) {
            return value;
        }
        return topLevelOnly ? replaceTopLevel(object, masked) : replace(object, masked);
    }

    private Value replaceTopLevel(ObjectValue object, List<Optional<Value>> masked) {
        ObjectValue.Builder replaced = object.toBuilder();
        for (int i = 0; i < fields.size(); i++) {
            FieldMasker field = fields.get(i);
            if (!isTarget(field.from())) {
                replaced.remove(field.from().root());
            }
            if (masked.get(i).isEmpty()) {
                replaced.remove(field.to().root());
            }
        }
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).to().root();
            masked.get(i).ifPresent(value -> replaced.put(name, value));
        }
        return replaced.build();
    }

    private Value replace(ObjectValue object, List<Optional<Value>> masked) {
        Value without = object;
        for (int i = 0; i < fields.size(); i++) {
            FieldMasker field = fields.get(i);
            without = isTarget(field.from()) ? without : field.from().remove(without);
            without = masked.get(i).isPresent() ? without : field.to().remove(without);
        }
        ObjectValue replaced = (ObjectValue) without;
        for (int i = 0; i < fields.size(); i++) {
            FieldPath to = fields.get(i).to();
            if (masked.get(i).isPresent()) {
                replaced = to.set(replaced, masked.get(i).get()).orElseThrow(() -> Rejections.notAnObject(to));
            }
        }
        return replaced;
    }

    private boolean isTarget(FieldPath path) {
        for (FieldMasker field : fields) {
            if (field.to().equals(path)) {
                return true;
            }
        }
        return false;
    }

    private FieldPath path() {
        return fields.get(0).path();
    }
}
