package io.etlkit.runner.internal.file;

import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A map with one plugin's name in it, as the file has it.
 *
 * @param name the plugin's name
 * @param options its options
 * @param beside the generic keys that stand beside it
 * @param factory the plugin
 * @param <F> the factory's type
 */
record PluginUse<F>(String name, ConfigNode options, ConfigNode.Mapping beside, F factory) {
    /**
     * Finds the plugin.
     *
     * @param kind what messages call it: {@code source}
     * @param generic the keys that may stand beside the name
     */
    static <F> Optional<PluginUse<F>> find(
            String kind, ConfigNode node, List<String> generic, Map<String, F> installed, ConfigProblems problems) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            problems.add(
                    node.origin(),
                    "must be a map with the name of a " + kind + " in it, as in { NAME: { ... } }, not "
                            + node.describe());
            return Optional.empty();
        }
        List<String> names = mapping.entries().keySet().stream()
                .filter(key -> !generic.contains(key))
                .toList();
        List<String> known = names.stream().filter(installed::containsKey).toList();
        if (known.size() > 1) {
            problems.add(
                    node.origin(), "names " + Suggestion.enumerate(known) + "; there has to be exactly one " + kind);
            return Optional.empty();
        }
        if (known.isEmpty()) {
            unknown(kind, mapping, names, generic, installed, problems);
            return Optional.empty();
        }
        String name = known.get(0);
        ConfigNode.Mapping beside = mapping.keeping(key -> !key.equals(name));
        return Optional.of(new PluginUse<>(
                name,
                options(mapping.get(name).orElseThrow()),
                beside,
                Optional.ofNullable(installed.get(name)).orElseThrow()));
    }

    private static void unknown(
            String kind,
            ConfigNode.Mapping mapping,
            List<String> names,
            List<String> generic,
            Map<String, ?> installed,
            ConfigProblems problems) {
        if (names.isEmpty()) {
            problems.add(mapping.origin(), "names no " + kind + Suggestion.of("", installed.keySet()));
            return;
        }
        for (String name : names) {
            boolean generally =
                    names.size() > 1 && Suggestion.nearest(name, generic).isPresent();
            problems.add(
                    mapping.get(name).orElseThrow().origin(),
                    "unknown " + (generally ? "key" : kind) + " \"" + name + "\""
                            + Suggestion.of(name, generally ? generic : installed.keySet()));
        }
    }

    /** {@code flatten:} without anything behind it stands for no options. */
    private static ConfigNode options(ConfigNode written) {
        boolean nothing =
                written instanceof ConfigNode.Scalar scalar && scalar.describe().equals("nothing");
        return nothing ? new ConfigNode.Mapping(written.origin(), Map.of()) : written;
    }
}
