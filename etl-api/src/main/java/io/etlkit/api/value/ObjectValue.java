package io.etlkit.api.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object: named values, in the order in which they were written. Equality ignores the order, as JSON's does.
 *
 * <p>To change several fields, go through {@link #toBuilder()}: it copies once.
 */
public final class ObjectValue implements Value {
    private static final ObjectValue EMPTY = new ObjectValue(Map.of());

    private final Map<String, Value> fields;

    private ObjectValue(Map<String, Value> fields) {
        this.fields = fields;
    }

    /** An object with no fields. */
    public static ObjectValue empty() {
        return EMPTY;
    }

    /** An object with the map's fields, in the map's order. */
    public static ObjectValue of(Map<String, ? extends Value> fields) {
        return new ObjectValue(new LinkedHashMap<>(fields));
    }

    /** Starts an object with no fields. */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** Starts an object with this one's fields. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(fields));
    }

    /** The field's value; empty when the field is missing. A field that holds null gives {@link NullValue}. */
    public Optional<Value> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether the field is there, null or not. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** This object with the field set; a new field goes last. */
    public ObjectValue with(String name, Value value) {
        return toBuilder().put(name, value).build();
    }

    /** This object without the field. */
    public ObjectValue without(String name) {
        return fields.containsKey(name) ? toBuilder().remove(name).build() : this;
    }

    /** The fields' names, in order; unmodifiable. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The fields, in order; unmodifiable. */
    public Map<String, Value> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** How many fields there are. */
    public int size() {
        return fields.size();
    }

    /** Visits each field in order. */
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        fields.forEach(action);
    }

    @Override
    public Kind kind() {
        return Kind.OBJECT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectValue object && fields.equals(object.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "object[" + fields.size() + " fields]";
    }

    /** Collects fields for an {@link ObjectValue}; used once, by one thread. */
    public static final class Builder {
        private @Nullable LinkedHashMap<String, Value> fields;

        private Builder(LinkedHashMap<String, Value> fields) {
            this.fields = fields;
        }

        /** Sets a field; one that is there keeps its place. */
        public Builder put(String name, Value value) {
            open().put(name, value);
            return this;
        }

        /** Removes a field, if it is there. */
        public Builder remove(String name) {
            open().remove(name);
            return this;
        }

        /** Whether the field is there so far. */
        public boolean has(String name) {
            return open().containsKey(name);
        }

        /** The object; the builder can not be used afterwards. */
        public ObjectValue build() {
            ObjectValue built = new ObjectValue(open());
            fields = null;
            return built;
        }

        private LinkedHashMap<String, Value> open() {
            if (fields == null) {
                throw new IllegalStateException("the builder was already built");
            }
            return fields;
        }
    }
}
