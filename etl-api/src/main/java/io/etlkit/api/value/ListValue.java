package io.etlkit.api.value;

import java.util.List;

/**
 * A list of values.
 *
 * @param values the elements, unmodifiable
 */
public record ListValue(List<Value> values) implements Value {
    /** Copies the elements. */
    public ListValue {
        values = List.copyOf(values);
    }

    @Override
    public Kind kind() {
        return Kind.LIST;
    }

    @Override
    public String toString() {
        return "list[" + values.size() + "]";
    }
}
