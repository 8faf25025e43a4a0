package io.etlkit.engine.config;

import io.etlkit.api.config.Option;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a reference page says of an option. Immutable.
 *
 * @param name the key, with the keys around it: {@code fields[].method}
 * @param type what it takes: {@code list of text}, {@code one of hmac, aes-gcm}
 * @param required whether it has to be there
 * @param defaultValue what it is without the key; empty: there is none
 * @param example a value to show
 * @param description what it does
 */
public record OptionDescription(
        String name,
        String type,
        boolean required,
        Optional<String> defaultValue,
        Optional<String> example,
        String description) {

    /** The options of a configuration record, those of nested records after the option that holds them. */
    public static List<OptionDescription> of(Class<? extends Record> config) {
        List<OptionDescription> options = new ArrayList<>();
        collect("", config, options);
        return List.copyOf(options);
    }

    private static void collect(String prefix, Class<? extends Record> config, List<OptionDescription> options) {
        for (RecordComponent component : config.getRecordComponents()) {
            Option option = component.getAnnotation(Option.class);
            if (option == null) {
                throw new IllegalStateException("the component " + component.getName() + " of " + config.getName()
                        + " lacks its @Option annotation");
            }
            String name = prefix + component.getName();
            boolean hasDefault = !option.defaultValue().equals(Option.REQUIRED);
            options.add(new OptionDescription(
                    name,
                    label(component.getGenericType()),
                    !hasDefault && component.getType() != Optional.class,
                    hasDefault ? Optional.of(option.defaultValue()) : Optional.empty(),
                    option.example().isEmpty() ? Optional.empty() : Optional.of(option.example()),
                    option.description()));
            nested(name, component.getGenericType(), options);
        }
    }

    private static void nested(String name, Type type, List<OptionDescription> options) {
        Class<?> raw = ValueBinding.rawType(type);
        if (raw == Optional.class) {
            nested(name, ValueBinding.argument(type, 0), options);
        } else if (raw == List.class) {
            nested(name + "[]", ValueBinding.argument(type, 0), options);
        } else if (raw == Map.class) {
            nested(name + ".NAME", ValueBinding.argument(type, 1), options);
        } else if (raw.isRecord()) {
            collect(name + ".", raw.asSubclass(Record.class), options);
        }
    }

    private static String label(Type type) {
        Class<?> raw = ValueBinding.rawType(type);
        if (raw == Optional.class) {
            return label(ValueBinding.argument(type, 0));
        } else if (raw == List.class) {
            return "list of " + label(ValueBinding.argument(type, 0));
        } else if (raw == Map.class) {
            return "map of name to " + label(ValueBinding.argument(type, 1));
        } else if (raw.isEnum()) {
            return "one of " + String.join(", ", EnumSpelling.all(raw));
        } else if (raw.isRecord()) {
            return "options";
        }
        return switch (raw.getSimpleName()) {
            case "String" -> "text";
            case "int", "Integer", "long", "Long" -> "whole number";
            case "double", "Double", "BigDecimal" -> "number";
            case "boolean", "Boolean" -> "true or false";
            case "Path" -> "file";
            case "FieldPath" -> "field";
            case "Value", "ConfigNode" -> "any YAML";
            case "URI" -> "URI";
            default -> raw.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /** The names of a record's options, in order. */
    public static List<String> namesOf(Class<? extends Record> config) {
        return Arrays.stream(config.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
