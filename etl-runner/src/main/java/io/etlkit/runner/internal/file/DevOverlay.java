package io.etlkit.runner.internal.file;

import io.etlkit.api.PluginFactory;
import io.etlkit.api.dev.DevServices;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.OptionDescription;
import io.etlkit.engine.config.Origin;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts dev services in place of the endpoints that a pipeline file names, and makes the queue that it reads. */
final class DevOverlay {
    private final DevServices services;
    private final PluginRegistry plugins;

    DevOverlay(DevServices services, PluginRegistry plugins) {
        this.services = services;
        this.plugins = plugins;
    }

    /** Replaces endpoints and credentials; before references are looked up, so that those replaced never are. */
    ConfigNode endpoints(ConfigNode tree) {
        ConfigNode changed = endpoints(tree, "source", plugins.sources());
        changed = endpoints(changed, "sink", plugins.sinks());
        return endpoints(changed, "deadLetter", plugins.deadLetterSinks());
    }

    private ConfigNode endpoints(ConfigNode tree, String block, Map<String, ? extends PluginFactory<?>> factories) {
        ConfigNode changed = tree;
        for (Map.Entry<String, Map<String, Object>> plugin : services.options().entrySet()) {
            PluginFactory<?> factory = factories.get(plugin.getKey());
            if (factory == null || !isUsed(tree, block, plugin.getKey())) {
                continue;
            }
            List<String> known = OptionDescription.keysOf(factory.configType());
            for (Map.Entry<String, Object> option : plugin.getValue().entrySet()) {
                if (known.contains(option.getKey())) {
                    changed = put(
                            changed,
                            List.of(block, plugin.getKey(), option.getKey()),
                            option.getValue().toString());
                }
            }
        }
        return changed;
    }

    /** Makes the queue, and names it by its name, where the file has a URL or an ARN. */
    ConfigNode queue(ConfigNode tree) {
        for (String source : plugins.sources().keySet()) {
            if (child(child(tree, "source"), source) instanceof ConfigNode.Mapping options
                    && options.entries().get("queue") instanceof ConfigNode.Scalar queue
                    && !queue.text().isEmpty()) {
                String name = queue.text().replaceFirst(".*[/:]", "");
                services.createQueue(name);
                return put(tree, List.of("source", source, "queue"), name);
            }
        }
        return tree;
    }

    private static boolean isUsed(ConfigNode tree, String block, String plugin) {
        return child(child(tree, block), plugin) instanceof ConfigNode.Mapping;
    }

    private static ConfigNode child(ConfigNode node, String key) {
        Optional<ConfigNode> child = node instanceof ConfigNode.Mapping mapping ? mapping.get(key) : Optional.empty();
        return child.orElse(ConfigNode.Scalar.plain(node.origin(), ""));
    }

    private static ConfigNode put(ConfigNode tree, List<String> path, String text) {
        Origin origin = new Origin("dev services", 0, 0, String.join(".", path));
        return Overrides.set(tree, path, ConfigNode.Scalar.plain(origin, text), new ConfigProblems());
    }
}
