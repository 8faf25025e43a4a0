package io.etlkit.runner.internal.command;

import io.etlkit.api.PluginFactory;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.config.OptionDescription;
import io.etlkit.engine.config.Suggestion;
import io.etlkit.runner.internal.file.PipelineFile;
import io.etlkit.runner.internal.file.SourceKeys;
import io.etlkit.runner.internal.file.StepKeys;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is told of a plugin.
 *
 * @param kind what it is: {@code source}
 * @param name its name
 * @param summary what it does
 * @param options its options
 */
record PluginDescription(String kind, String name, String summary, List<OptionDescription> options) {
    static List<PluginDescription> all(PluginRegistry registry) {
        List<PluginDescription> all = new ArrayList<>();
        describe("source", registry.sources().values(), all);
        describe("transform", registry.transforms().values(), all);
        describe("sink", registry.sinks().values(), all);
        describe("dead-letter sink", registry.deadLetterSinks().values(), all);
        registry.secretProviders()
                .values()
                .forEach(provider -> all.add(
                        new PluginDescription("secret provider", provider.name(), provider.summary(), List.of())));
        return all;
    }

    /** The pipeline file's own options, and those beside a plugin's name. */
    static List<PluginDescription> ofFile() {
        return List.of(
                file("Pipeline file", "The keys at the top of a pipeline file.", PipelineFile.class),
                file("Beside a source or a sink", "Keys beside the plugin's name.", SourceKeys.class),
                file("Beside a transform", "Keys beside the plugin's name, in each step.", StepKeys.class),
                file("Beside a dead-letter sink", "Keys beside the plugin's name.", DeadLetterPolicy.class));
    }

    private static PluginDescription file(String title, String summary, Class<? extends Record> options) {
        return new PluginDescription(title, "", summary, OptionDescription.withNested(options));
    }

    private static void describe(
            String kind, Collection<? extends PluginFactory<?>> factories, List<PluginDescription> all) {
        factories.forEach(factory -> all.add(new PluginDescription(
                kind, factory.name(), factory.summary(), OptionDescription.withNested(factory.configType()))));
    }

    static String unknown(String name, List<PluginDescription> all) {
        List<String> known =
                all.stream().map(PluginDescription::name).distinct().sorted().toList();
        return "no plugin \"" + name + "\" is installed" + Suggestion.of(name, known);
    }

    /** One line of the list. */
    String line() {
        return String.format("%-16s %-12s %s", kind, name, summary);
    }

    /** The options, for reading. */
    String text() {
        StringBuilder text = new StringBuilder(kind + " " + name + ": " + summary);
        for (OptionDescription option : options) {
            text.append("\n\n  ")
                    .append(option.path())
                    .append("  (")
                    .append(option.typeLabel())
                    .append(option.limits().map(limits -> ", " + limits).orElse(""))
                    .append(", ")
                    .append(presence(option))
                    .append(")\n      ")
                    .append(option.description());
            notes(option).forEach(note -> text.append("\n      ").append(note));
            option.example()
                    .ifPresent(example -> text.append("\n      Example: ").append(example));
        }
        return text.append(options.isEmpty() ? "\n\n  It has no options." : "").toString();
    }

    /** A section of the reference page. */
    String markdown() {
        StringBuilder text =
                new StringBuilder("## " + kind + (name.isEmpty() ? "" : " `" + name + "`") + "\n\n" + summary + "\n");
        if (!options.isEmpty()) {
            text.append("\n| option | type | default | |\n|---|---|---|---|\n");
        }
        for (OptionDescription option : options) {
            text.append("| `")
                    .append(option.path())
                    .append("` | ")
                    .append(cell(option.typeLabel()))
                    .append(option.limits().map(limits -> ", " + limits).orElse(""))
                    .append(" | ")
                    .append(
                            option.required()
                                    ? "required"
                                    : option.defaultValue()
                                            .map(value -> "`" + cell(value.isEmpty() ? "\"\"" : value) + "`")
                                            .orElse("none"))
                    .append(" | ")
                    .append(cell(option.description()));
            notes(option).forEach(note -> text.append(' ').append(cell(note)));
            text.append(option.example()
                            .map(example -> " Example: `" + cell(example) + "`")
                            .orElse(""))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static List<String> notes(OptionDescription option) {
        List<String> notes = new ArrayList<>();
        option.deprecated().ifPresent(instead -> notes.add("Deprecated; use " + instead + "."));
        if (option.keys().size() > 1) {
            notes.add("Also written "
                    + Suggestion.enumerate(
                            option.keys().subList(1, option.keys().size())) + ".");
        }
        option.since().ifPresent(version -> notes.add("Since " + version + "."));
        return notes;
    }

    private static String presence(OptionDescription option) {
        if (option.required()) {
            return "required";
        }
        return option.defaultValue()
                .map(value -> "default " + (value.isEmpty() ? "\"\"" : value))
                .orElse("optional");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
