package io.etlkit.engine.config;

import io.etlkit.api.config.Option;
import io.etlkit.api.config.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
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
        ConfigNode.Mapping options = isBareMap(type, written)
                ? new ConfigNode.Mapping(
                        written.origin(), Map.of(type.getRecordComponents()[0].getName(), (ConfigNode) written))
                : written;
        refuseUnknownKeys(type, options);
        List<Object> arguments = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            component(type, component, options).ifPresent(arguments::add);
        }
        return arguments.size() == components.length ? create(type, arguments, options) : Optional.empty();
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

    private void refuseUnknownKeys(Class<? extends Record> type, ConfigNode.Mapping options) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        options.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(value.origin(), "unknown key \"" + key + "\"" + Suggestion.of(key, known));
            }
        });
    }

    private Optional<Object> component(
            Class<? extends Record> type, RecordComponent component, ConfigNode.Mapping options) {
        String name = component.getName();
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalStateException(
                    "the component " + name + " of " + type.getName() + " lacks its @Option annotation");
        }
        Optional<ConfigNode> node = options.get(name);
        if (node.isPresent()) {
            return values.bind(component.getGenericType(), node.get(), name);
        }
        Origin origin = options.origin();
        if (!option.defaultValue().equals(Option.REQUIRED)) {
            ConfigNode standing = FlowText.parse(origin.withPath(origin.pathOf(name)), option.defaultValue());
            return values.bind(component.getGenericType(), standing, name);
        }
        if (component.getType() == Optional.class) {
            return Optional.of(Optional.empty());
        }
        problems.add(origin, "the key \"" + name + "\" is missing: " + option.description());
        return Optional.empty();
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
            throw new IllegalStateException("the record " + type.getName() + " can not be made", failed);
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
                place.origin(), hides ? "is not valid; why is not shown, as it would show a secret" : place.message());
    }

    private static boolean isShownIn(String message, Object argument) {
        Object held = argument instanceof Optional<?> optional && optional.isPresent() ? optional.get() : argument;
        return held instanceof Secret secret && !secret.reveal().isEmpty() && message.contains(secret.reveal());
    }
}
