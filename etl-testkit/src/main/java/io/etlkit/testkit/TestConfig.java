package io.etlkit.testkit;

import io.etlkit.engine.config.ConfigBinder;
import io.etlkit.engine.config.ConfigException;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import io.etlkit.engine.config.ScalarStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds options as a pipeline file's options are bound, for tests of a plugin's configuration. */
public final class TestConfig {
    private TestConfig() {}

    /**
     * Makes a configuration.
     *
     * @param type the configuration record
     * @param options what the file would have: text, numbers, booleans, lists, and maps with text keys
     * @throws ConfigException with everything that is wrong
     */
    public static <C extends Record> C bind(Class<C> type, Map<String, ?> options) {
        ConfigProblems problems = new ConfigProblems();
        return ConfigBinder.create()
                .bind(type, node(Origin.none(), options), problems)
                .orElseThrow(() -> new ConfigException(problems.list()));
    }

    private static ConfigNode node(Origin origin, Object value) {
        if (value instanceof String text) {
            // Text that a reference stands for: it is a number or a duration where the option is one.
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
        throw new IllegalArgumentException("no file has a " + value.getClass().getName());
    }
}
