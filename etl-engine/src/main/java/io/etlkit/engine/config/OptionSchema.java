package io.etlkit.engine.config;

import io.etlkit.api.config.Option;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema (2020-12) of configuration records, from what their options declare. Wherever a single value may stand, a
 * reference such as {@code ${env:NAME}} may. Limits of durations are not part of it: a schema compares numbers only.
 */
public final class OptionSchema {
    private static final Value REFERENCE = object("type", Value.of("string")).with("pattern", Value.of("\\$\\{"));

    private static final String DURATION = "^[0-9]{1,9}(\\.[0-9]{1,9})?(ms|s|m|h|d)$";

    private OptionSchema() {}

    /** The schema of a record's options. */
    public static ObjectValue of(Class<? extends Record> config) {
        List<OptionDescription> options = OptionDescription.of(config);
        ObjectValue schema = options(options);
        if (options.size() == 1 && ValueBinding.rawType(options.get(0).type()) == Map.class) {
            // Such a record may be written as its map.
            return object("anyOf", list(List.of(schema, property(options.get(0)))));
        }
        return schema;
    }

    private static ObjectValue options(List<OptionDescription> options) {
        ObjectValue.Builder properties = ObjectValue.builder();
        List<Value> rules = new ArrayList<>();
        for (OptionDescription option : options) {
            option.keys().forEach(key -> properties.put(key, property(option)));
            List<Value> given = option.keys().stream()
                    .<Value>map(key -> object("required", texts(List.of(key))))
                    .toList();
            if (option.required()) {
                rules.add(object("oneOf", list(given)));
            } else if (given.size() > 1) {
                rules.add(object(
                        "oneOf",
                        list(List.of(object("not", object("anyOf", list(given))), object("oneOf", list(given))))));
            }
        }
        ObjectValue schema = object("type", Value.of("object"))
                .with("properties", properties.build())
                .with("additionalProperties", Value.of(false));
        return rules.isEmpty() ? schema : schema.with("allOf", list(rules));
    }

    private static ObjectValue property(OptionDescription option) {
        ObjectValue schema = type(option.type(), option.option()).with("description", Value.of(option.description()));
        if (option.defaultValue().isPresent()) {
            schema = schema.with(
                    "default", shown(option.type(), option.defaultValue().get()));
        }
        if (option.deprecated().isPresent()) {
            schema = schema.with("deprecated", Value.of(true))
                    .with(
                            "description",
                            Value.of(option.description() + " Deprecated; use "
                                    + option.deprecated().get() + "."));
        }
        return schema;
    }

    private static ObjectValue type(Type type, Option option) {
        Class<?> raw = ValueBinding.rawType(type);
        if (raw == Optional.class) {
            ObjectValue held = type(ValueBinding.argument(type, 0), option);
            return either(held, object("type", Value.of("null")), object("const", Value.of("")));
        } else if (raw == List.class) {
            return object("type", Value.of("array")).with("items", type(ValueBinding.argument(type, 0), option));
        } else if (raw == Map.class) {
            return object("type", Value.of("object"))
                    .with("additionalProperties", type(ValueBinding.argument(type, 1), option));
        } else if (raw == Value.class || raw == ConfigNode.class) {
            return ObjectValue.builder().build();
        } else if (raw.isRecord()) {
            return of(raw.asSubclass(Record.class));
        } else if (raw.isEnum()) {
            return either(object("enum", texts(EnumSpelling.accepted(raw))), REFERENCE);
        } else if (raw == Duration.class) {
            return either(object("type", Value.of("string")).with("pattern", Value.of(DURATION)), REFERENCE);
        } else if (raw == boolean.class || raw == Boolean.class) {
            return either(object("type", Value.of("boolean")), REFERENCE);
        }
        return isNumber(raw)
                ? either(number(raw, option), REFERENCE)
                : object("type", texts(List.of("string", "number", "boolean")));
    }

    private static boolean isNumber(Class<?> raw) {
        return raw == BigDecimal.class
                || Number.class.isAssignableFrom(raw)
                || (raw.isPrimitive() && raw != char.class);
    }

    private static ObjectValue number(Class<?> raw, Option option) {
        boolean whole = raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class;
        ObjectValue schema = object("type", Value.of(whole ? "integer" : "number"));
        if (!option.min().isEmpty()) {
            schema = schema.with("minimum", new NumberValue(new BigDecimal(option.min())));
        }
        return option.max().isEmpty() ? schema : schema.with("maximum", new NumberValue(new BigDecimal(option.max())));
    }

    /** A default as JSON has it: a number or a boolean where the option is one, else its text. */
    private static Value shown(Type type, String text) {
        Class<?> raw = ValueBinding.rawType(type);
        if (raw == boolean.class || raw == Boolean.class) {
            return Value.of(Boolean.parseBoolean(text));
        } else if (isNumber(raw)) {
            return new NumberValue(new BigDecimal(text));
        } else if (text.equals("[]")) {
            return new ListValue(List.of());
        }
        return text.equals("{}") ? ObjectValue.builder().build() : Value.of(text);
    }

    private static ObjectValue either(Value... schemas) {
        return object("anyOf", list(List.of(schemas)));
    }

    private static ObjectValue object(String name, Value value) {
        return ObjectValue.builder().put(name, value).build();
    }

    private static ListValue texts(List<String> texts) {
        return new ListValue(texts.stream().map(Value::of).toList());
    }

    private static ListValue list(List<? extends Value> values) {
        return new ListValue(List.copyOf(values));
    }
}
