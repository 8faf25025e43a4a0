package io.etlkit.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a plugin's configuration in Java: what is not set has its default, and what is wrong is told as for a file. Used by
 * one thread.
 *
 * <pre>{@code
 * SqsConfig config = ConfigBuilder.of(SqsConfig.class).set("queue", "login-queue").build();
 * }</pre>
 *
 * @param <C> the configuration's type
 */
public final class ConfigBuilder<C extends Record> {
    private final Class<C> type;
    private final Map<String, ConfigNode> options = new LinkedHashMap<>();

    private ConfigBuilder(Class<C> type) {
        this.type = type;
    }

    /** Begins a configuration. */
    public static <C extends Record> ConfigBuilder<C> of(Class<C> type) {
        return new ConfigBuilder<>(type);
    }

    /**
     * Sets an option.
     *
     * @param name the option's name
     * @param value an object of the option's type, or what a pipeline file would have: text, a number, a boolean, a {@link
     *     List} or a {@link Map} with text keys
     */
    public ConfigBuilder<C> set(String name, Object value) {
        options.put(name, node(Origin.none().withPath(name), value));
        return this;
    }

    /**
     * The configuration.
     *
     * @throws ConfigException with everything that is wrong
     */
    public C build() {
        ConfigProblems problems = new ConfigProblems();
        return ConfigBinder.create()
                .bind(type, new ConfigNode.Mapping(Origin.none(), options), problems)
                .orElseThrow(() -> new ConfigException(problems.list()));
    }

    private static ConfigNode node(Origin origin, Object value) {
        if (value instanceof String text) {
            return new ConfigNode.Scalar(
                    origin, text, ScalarStyle.quoted(false, 0, 0).substituted(false, false));
        } else if (value instanceof Number || value instanceof Boolean) {
            return ConfigNode.Scalar.plain(origin, value.toString());
        } else if (value instanceof List<?> list) {
            List<ConfigNode> elements = new ArrayList<>();
            list.forEach(element -> elements.add(node(origin.withPath(origin.pathOf(elements.size())), element)));
            return new ConfigNode.Sequence(origin, elements);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            map.forEach((key, each) ->
                    entries.put(String.valueOf(key), node(origin.withPath(origin.pathOf(String.valueOf(key))), each)));
            return new ConfigNode.Mapping(origin, entries);
        }
        return new ConfigNode.Given(origin, value);
    }
}
