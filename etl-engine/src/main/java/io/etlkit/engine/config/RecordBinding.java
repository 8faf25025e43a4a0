package io.etlkit.engine.config;

import io.etlkit.api.config.OptionLimits;
import io.etlkit.api.config.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a map into an annotated record. */
final class RecordBinding {
    private final ConfigProblems problems;
    private final ValueBinding values;

    RecordBinding(ConfigProblems problems, ValueBinding values) {
        this.problems = problems;
        this.values = values;
    }

    <C extends Record> Optional<C> bind(Class<C> type, ConfigNode node) {
        if (!(node instanceof ConfigNode.Mapping written)) {
            problems.add(node.origin(), "must be a map of options, not " + node.describe());
            return Optional.empty();
        }
        List<OptionDescription> declared = OptionDescription.of(type);
        ConfigNode.Mapping options = isBareMap(type, written)
                ? new ConfigNode.Mapping(
                        written.origin(), Map.of(declared.get(0).name(), (ConfigNode) written))
                : byName(declared, written);
        List<Object> arguments = new ArrayList<>();
        for (OptionDescription option : declared) {
            component(option, options).ifPresent(arguments::add);
        }
        return arguments.size() == declared.size() ? create(type, arguments, options) : Optional.empty();
    }

    /** A record whose only component is a map may be written as that map. */
    private static boolean isBareMap(Class<? extends Record> type, ConfigNode.Mapping written) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1 || components[0].getType() != Map.class) {
            return false;
        }
        Optional<ConfigNode> named = written.get(components[0].getName());
        return written.entries().size() != 1 || named.isEmpty() || !(named.get() instanceof ConfigNode.Mapping);
    }

    /** The options by the names of their components; reports unknown keys and options that are given twice. */
    private ConfigNode.Mapping byName(List<OptionDescription> declared, ConfigNode.Mapping written) {
        Map<String, ConfigNode> named = new LinkedHashMap<>();
        Map<String, String> keys = new HashMap<>();
        written.entries().forEach((key, value) -> {
            Optional<String> name = declared.stream()
                    .filter(option -> option.keys().contains(key))
                    .map(OptionDescription::name)
                    .findFirst();
            if (name.isEmpty()) {
                List<String> known = declared.stream()
                        .flatMap(option -> option.keys().stream())
                        .toList();
                problems.add(value.origin(), "unknown key \"" + key + "\"" + Suggestion.of(key, known));
            } else if (named.putIfAbsent(name.get(), value) == null) {
                keys.put(name.get(), key);
            } else {
                String place = Optional.ofNullable(named.get(name.get()))
                        .orElse(value)
                        .origin()
                        .place();
                problems.add(
                        value.origin(),
                        "is the same option as \"" + keys.get(name.get()) + "\""
                                + (place.isEmpty() ? "" : " at " + place) + "; remove one of them");
            }
        });
        return new ConfigNode.Mapping(written.origin(), named);
    }

    private Optional<Object> component(OptionDescription option, ConfigNode.Mapping options) {
        Optional<ConfigNode> node = options.get(option.name());
        if (node.isPresent()) {
            option.deprecated()
                    .ifPresent(instead -> problems.warn(node.get().origin(), "is deprecated; use " + instead));
            return value(option, node.get());
        }
        Origin origin = options.origin();
        if (option.defaultValue().isPresent()) {
            Origin place = origin.withPath(origin.pathOf(option.name()));
            return value(option, FlowText.parse(place, option.defaultValue().get()));
        }
        if (!option.required()) {
            return Optional.of(Optional.empty());
        }
        problems.add(origin, "the key \"" + option.name() + "\" is missing: " + option.description());
        return Optional.empty();
    }

    private Optional<Object> value(OptionDescription option, ConfigNode node) {
        Optional<Object> bound = values.bind(option.type(), node, option.name());
        OptionLimits limits = OptionLimits.of(option.option());
        return limits.isEmpty() ? bound : bound.filter(value -> new LimitCheck(limits, problems).passes(value, node));
    }

    private <C extends Record> Optional<C> create(Class<C> type, List<Object> arguments, ConfigNode.Mapping options) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<C> constructor = type.getDeclaredConstructor(types);
            if (!constructor.canAccess(null)) {
                constructor.setAccessible(true);
            }
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IllegalArgumentException refused) {
                refused(String.valueOf(refused.getMessage()), arguments, options);
                return Optional.empty();
            }
            // The cause may quote what it was given.
            throw new IllegalStateException("the constructor of " + type.getName() + " failed with "
                    + (failed.getCause() == null
                            ? ""
                            : failed.getCause().getClass().getName()));
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("the record " + type.getName() + " cannot be created", failed);
        }
    }

    private void refused(String message, List<Object> arguments, ConfigNode.Mapping options) {
        if (Confidential.hasUnresolved(options)) {
            return;
        }
        NamedPlace place = NamedPlace.find(message, options);
        boolean hides = Confidential.isShownIn(place.message(), options)
                || arguments.stream().anyMatch(each -> isShownIn(place.message(), each));
        problems.add(
                place.origin(),
                hides ? "is not valid; the reason is hidden because it would show a secret" : place.message());
    }

    private static boolean isShownIn(String message, Object argument) {
        Object held = argument instanceof Optional<?> optional && optional.isPresent() ? optional.get() : argument;
        return held instanceof Secret secret && !secret.reveal().isEmpty() && message.contains(secret.reveal());
    }
}
