package io.etlkit.transform.core;

import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tree that the selected paths make: what is kept of a value, of each of its fields and of each of its elements. */
final class Selection {
    private final Map<String, Selection> fields = new LinkedHashMap<>();
    private Optional<Selection> elements = Optional.empty();
    private boolean everything;

    private Selection() {}

    static Selection of(List<FieldPath> paths) {
        Selection root = new Selection();
        for (FieldPath path : paths) {
            Selection node = root;
            for (Segment segment : path.segments()) {
                node = node.child(segment);
            }
            node.everything = true;
        }
        return root;
    }

    private Selection child(Segment segment) {
        if (!segment.isWildcard()) {
            return fields.computeIfAbsent(segment.name(), name -> new Selection());
        }
        Selection child = elements.orElseGet(Selection::new);
        elements = Optional.of(child);
        return child;
    }

    ObjectValue ofObject(ObjectValue object) {
        ObjectValue.Builder kept = ObjectValue.builder();
        fields.forEach(
                (name, selection) -> object.get(name).flatMap(selection::of).ifPresent(value -> kept.put(name, value)));
        return kept.build();
    }

    /** What is kept of a value; empty when nothing in it is selected. A list stays, as empty as it may become. */
    private Optional<Value> of(Value value) {
        if (everything) {
            return Optional.of(value);
        }
        if (value instanceof ObjectValue object) {
            ObjectValue kept = ofObject(object);
            return kept.size() == 0 ? Optional.empty() : Optional.of(kept);
        }
        return value instanceof ListValue list
                ? elements.map(selection -> selection.ofElements(list))
                : Optional.empty();
    }

    private ListValue ofElements(ListValue list) {
        List<Value> kept = new ArrayList<>(list.values().size());
        list.values().forEach(element -> of(element).ifPresent(kept::add));
        return new ListValue(kept);
    }
}
