package io.etlkit.runner.internal.file;

import io.etlkit.api.PluginFactory;
import io.etlkit.api.config.Secret;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.OptionDescription;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.util.Map;
import java.util.Optional;

/** Looks for what a pipeline file may say and hardly means. Looks at the tree as it is written, before references. */
final class Warnings {
    private final PluginRegistry plugins;
    private final ConfigProblems problems;

    Warnings(PluginRegistry plugins, ConfigProblems problems) {
        this.plugins = plugins;
        this.problems = problems;
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
            problems.warn(deadLetter.get().origin(), "is of no use: onReject says " + policy.text());
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

    private void writtenSecrets(Class<? extends Record> config, ConfigNode.Mapping options) {
        for (OptionDescription option : OptionDescription.of(config)) {
            if (option.type().getTypeName().contains(Secret.class.getName())) {
                option.keys().forEach(key -> options.get(key).ifPresent(this::writtenSecret));
            }
        }
    }

    private void writtenSecret(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar written
                && !written.text().isEmpty()
                && !written.text().contains("${")) {
            problems.warn(
                    written.origin(), "a secret stands in the file itself; take it from ${file:PATH} or ${env:NAME}");
        }
    }
}
