package io.etlkit.expression.cel;

import io.etlkit.api.value.Value;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object as CEL sees it: a map whose values are converted when they are read, so that no body is copied. */
final class FieldsView extends AbstractMap<String, Object> {
    private final Map<String, Value> fields;

    FieldsView(Map<String, Value> fields) {
        this.fields = fields;
    }

    Map<String, Value> fields() {
        return fields;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String && fields.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        Value value = key instanceof String ? fields.get(key) : null;
        return value == null ? null : CelValues.toCel(value);
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return fields.size();
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return fields.entrySet().stream()
                        .map(field -> Map.entry(field.getKey(), CelValues.toCel(field.getValue())))
                        .iterator();
            }
        };
    }

    @Override
    public String toString() {
        return "FieldsView[" + fields.size() + "]";
    }
}
