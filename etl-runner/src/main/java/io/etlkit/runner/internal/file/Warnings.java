package io.etlkit.runner.internal.file;

import io.etlkit.api.PluginFactory;
import io.etlkit.api.config.Secret;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;

/** Looks for what a pipeline file may say and hardly means. Looks at the tree as it is written, before references. */
final class Warnings {
    private final PluginRegistry plugins;
    private final ConfigProblems warnings;

    Warnings(PluginRegistry plugins, ConfigProblems warnings) {
        this.plugins = plugins;
        this.warnings = warnings;
    }

    void look(ConfigNode tree) {
        if (!(tree instanceof ConfigNode.Mapping file)) {
            return;
        }
        unusedDeadLetters(file);
        writtenSecrets(file.get("source"), plugins.sources());
        writtenSecrets(file.get("sink"), plugins.sinks());
        writtenSecrets(file.get("deadLetter"), plugins.deadLetterSinks());
    }

    private void unusedDeadLetters(ConfigNode.Mapping file) {
        Optional<ConfigNode> deadLetter = file.get("deadLetter");
        if (deadLetter.isPresent()
                && file.get("onReject").orElse(deadLetter.get()) instanceof ConfigNode.Scalar policy
                && !policy.text().equals("deadLetter")
                && !policy.text().equals("dead-letter")
                && !policy.text().contains("${")) {
            warnings.add(deadLetter.get().origin(), "is of no use: onReject says " + policy.text());
        }
    }

    private void writtenSecrets(Optional<ConfigNode> block, Map<String, ? extends PluginFactory<?>> factories) {
        if (block.isEmpty() || !(block.get() instanceof ConfigNode.Mapping use)) {
            return;
        }
        use.entries().forEach((name, options) -> {
            PluginFactory<?> factory = factories.get(name);
            if (factory != null && options instanceof ConfigNode.Mapping mapping) {
                writtenSecrets(factory.configType(), mapping);
            }
        });
    }

    private void writtenSecrets(Class<?> config, ConfigNode.Mapping options) {
        for (RecordComponent component : config.getRecordComponents()) {
            boolean secret = component.getGenericType().getTypeName().contains(Secret.class.getName());
            if (secret
                    && options.get(component.getName()).orElse(options) instanceof ConfigNode.Scalar written
                    && !written.text().isEmpty()
                    && !written.text().contains("${")) {
                warnings.add(
                        written.origin(),
                        "a secret stands in the file itself; take it from ${file:PATH} or ${env:NAME}");
            }
        }
    }
}
