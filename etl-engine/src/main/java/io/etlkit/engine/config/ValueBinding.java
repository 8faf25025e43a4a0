package io.etlkit.engine.config;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a node into the type that an option asks for. Every problem is reported; the result is then empty. */
final class ValueBinding {
    private final ConfigProblems problems;
    private final ScalarBinding scalars;
    private final RecordBinding records;

    ValueBinding(ConfigProblems problems, ScalarBinding scalars) {
        this.problems = problems;
        this.scalars = scalars;
        this.records = new RecordBinding(problems, this);
    }

    RecordBinding records() {
        return records;
    }

    Optional<Object> bind(Type type, ConfigNode node, String noun) {
        Class<?> raw = rawType(type);
        if (raw == Optional.class) {
            return optional(argument(type, 0), node, noun);
        } else if (raw == ConfigNode.class) {
            return Optional.of(node);
        } else if (raw == Value.class) {
            return value(node);
        } else if (raw == List.class) {
            return list(argument(type, 0), node, noun);
        } else if (raw == Map.class) {
            return map(argument(type, 1), node);
        } else if (raw.isRecord()) {
            return records.bind(raw.asSubclass(Record.class), node).map(bound -> bound);
        }
        return scalar(raw, node, noun);
    }

    private Optional<Object> optional(Type type, ConfigNode node, String noun) {
        boolean absent = rawType(type) != Value.class
                && node instanceof ConfigNode.Scalar scalar
                && !scalar.style().unresolved()
                && (scalar.text().isEmpty() || scalar.type() == ScalarType.NULL);
        return absent ? Optional.of(Optional.empty()) : bind(type, node, noun).map(Optional::of);
    }

    private Optional<Object> scalar(Class<?> type, ConfigNode node, String noun) {
        if (!ScalarBinding.handles(type)) {
            throw new IllegalStateException("no option can be of the type " + type.getName() + ": " + noun);
        }
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalars.bind(type, scalar, noun);
        }
        return problem(node, "must be a single value, not " + node.describe());
    }

    private Optional<Object> list(Type elementType, ConfigNode node, String noun) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            return problem(node, "must be a list, such as [a, b], not " + node.describe());
        }
        List<Object> bound = new ArrayList<>(sequence.elements().size());
        for (ConfigNode element : sequence.elements()) {
            bind(elementType, element, noun).ifPresent(bound::add);
        }
        return bound.size() == sequence.elements().size() ? Optional.of(List.copyOf(bound)) : Optional.empty();
    }

    private Optional<Object> map(Type valueType, ConfigNode node) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return problem(node, "must be a map of names to values, not " + node.describe());
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, value) ->
                        bind(valueType, value, nounOf(valueType)).ifPresent(each -> bound.put(key, each)));
        return bound.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(bound))
                : Optional.empty();
    }

    /** What messages call a value of a map: a map's keys are the user's own. */
    private static String nounOf(Type type) {
        return rawType(type).isEnum() ? "type" : "value";
    }

    private Optional<Object> value(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalars.value(scalar);
        } else if (node instanceof ConfigNode.Sequence sequence) {
            return list(Value.class, sequence, "value").map(elements -> new ListValue(valuesOf((List<?>) elements)));
        } else if (node instanceof ConfigNode.Mapping mapping) {
            return map(Value.class, mapping).map(ValueBinding::object);
        }
        return problem(node, "must be text, a number, true, false, null, a list or a map, not " + node.describe());
    }

    private static List<Value> valuesOf(List<?> elements) {
        return elements.stream().map(Value.class::cast).toList();
    }

    private static ObjectValue object(Object entries) {
        ObjectValue.Builder builder = ObjectValue.builder();
        ((Map<?, ?>) entries).forEach((key, value) -> builder.put((String) key, (Value) value));
        return builder.build();
    }

    private Optional<Object> problem(ConfigNode node, String message) {
        problems.add(node.origin(), message);
        return Optional.empty();
    }

    static Class<?> rawType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        } else if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        } else if (type instanceof WildcardType wildcard) {
            return rawType(wildcard.getUpperBounds()[0]);
        }
        throw new IllegalStateException("no option can be of the type " + type.getTypeName());
    }

    static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[index];
        }
        throw new IllegalStateException("an option's type must say what it holds: " + type.getTypeName());
    }
}
