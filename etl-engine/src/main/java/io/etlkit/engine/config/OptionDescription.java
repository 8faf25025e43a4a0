package io.etlkit.engine.config;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.OptionLimits;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one component of a configuration record declares. Immutable.
 *
 * @param path the key, with the keys around it: {@code fields[].method}
 * @param component the component
 * @param option its annotation
 */
public record OptionDescription(String path, RecordComponent component, Option option) {

    /** The options of a configuration record, without those of nested records. */
    public static List<OptionDescription> of(Class<? extends Record> config) {
        return describe("", config);
    }

    /** The options of a configuration record, those of nested records after the option that holds them. */
    public static List<OptionDescription> withNested(Class<? extends Record> config) {
        List<OptionDescription> options = new ArrayList<>();
        collect("", config, options);
        return List.copyOf(options);
    }

    /** All keys that a configuration record takes, aliases included. */
    public static List<String> keysOf(Class<? extends Record> config) {
        return of(config).stream().flatMap(option -> option.keys().stream()).toList();
    }

    private static List<OptionDescription> describe(String prefix, Class<? extends Record> config) {
        return Arrays.stream(config.getRecordComponents())
                .map(component -> new OptionDescription(prefix + component.getName(), component, annotation(component)))
                .toList();
    }

    private static Option annotation(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalStateException("the component " + component.getName() + " of "
                    + component.getDeclaringRecord().getName() + " lacks its @Option annotation");
        }
        return option;
    }

    private static void collect(String prefix, Class<? extends Record> config, List<OptionDescription> options) {
        for (OptionDescription option : describe(prefix, config)) {
            options.add(option);
            nested(option.path(), option.type(), options);
        }
    }

    private static void nested(String path, Type type, List<OptionDescription> options) {
        Class<?> raw = ValueBinding.rawType(type);
        if (raw == Optional.class) {
            nested(path, ValueBinding.argument(type, 0), options);
        } else if (raw == List.class) {
            nested(path + "[]", ValueBinding.argument(type, 0), options);
        } else if (raw == Map.class) {
            nested(path + ".NAME", ValueBinding.argument(type, 1), options);
        } else if (raw.isRecord()) {
            collect(path + ".", raw.asSubclass(Record.class), options);
        }
    }

    /** The key in the file. */
    public String name() {
        return component.getName();
    }

    /** The keys under which the file may have it: its name, then its aliases. */
    public List<String> keys() {
        return Stream.concat(Stream.of(name()), Arrays.stream(option.aliases())).toList();
    }

    /** The Java type. */
    public Type type() {
        return component.getGenericType();
    }

    /** What it takes, in words: {@code list of text}, {@code one of hmac, aes-gcm}. */
    public String typeLabel() {
        return label(type());
    }

    /** Whether it has to be there. */
    public boolean required() {
        return defaultValue().isEmpty() && component.getType() != Optional.class;
    }

    /** The value without the key, spelled as in the file; empty: there is none. */
    public Optional<String> defaultValue() {
        return option.defaultValue().equals(Option.REQUIRED) ? Optional.empty() : Optional.of(option.defaultValue());
    }

    /** A value to show. */
    public Optional<String> example() {
        return given(option.example());
    }

    /** What it does. */
    public String description() {
        return option.description();
    }

    /** What to use instead; empty: the option is not deprecated. */
    public Optional<String> deprecated() {
        return given(option.deprecated());
    }

    /** The version that introduced it. */
    public Optional<String> since() {
        return given(option.since());
    }

    /** Its limits in words: {@code at least 1}, {@code at most 20s}, {@code between 1 and 256}. */
    public Optional<String> limits() {
        return given(OptionLimits.of(option).toString());
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
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
}
