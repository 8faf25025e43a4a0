package io.etlkit.runner.internal.file;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.TransformFactory;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.PersonalDataCheck;
import io.etlkit.engine.Step;
import io.etlkit.engine.config.ConfigBinder;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.OptionDescription;
import io.etlkit.runner.internal.file.PipelineDefinition.ConfiguredDeadLetters;
import io.etlkit.runner.internal.file.PipelineDefinition.ConfiguredSink;
import io.etlkit.runner.internal.file.PipelineDefinition.ConfiguredSource;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds a resolved tree, going on after a problem so that all are reported in one go. Used by one thread. */
final class DefinitionBinder {
    private static final List<String> BESIDE_SOURCE = OptionDescription.keysOf(SourceKeys.class);
    private static final List<String> BESIDE_STEP = OptionDescription.keysOf(StepKeys.class);
    private static final List<String> BESIDE_DEAD_LETTERS = OptionDescription.keysOf(DeadLetterPolicy.class);

    private final ConfigBinder binder;
    private final PluginRegistry plugins;
    private final ConfigProblems problems;

    DefinitionBinder(ConfigBinder binder, PluginRegistry plugins, ConfigProblems problems) {
        this.binder = binder;
        this.plugins = plugins;
        this.problems = problems;
    }

    /** Empty when there are problems, or when something depends on a secret that was not looked up. */
    Optional<PipelineDefinition> bind(ConfigNode tree, Path baseDirectory) {
        if (!(tree instanceof ConfigNode.Mapping file)) {
            problems.add(tree.origin(), "must be a map with at least name, source and sink, not " + tree.describe());
            return Optional.empty();
        }
        Optional<PipelineFile> settings = binder.bind(PipelineFile.class, file, problems);
        Optional<ConfiguredSource<?>> source = file.get("source").flatMap(this::source);
        Optional<List<Step<?>>> steps = steps(file.get("transforms"));
        Optional<ConfiguredSink<?>> sink = file.get("sink").flatMap(this::sink);
        Optional<ConfiguredDeadLetters<?>> deadLetters = file.get("deadLetter").flatMap(this::deadLetters);
        settings.ifPresent(each -> requireDeadLetters(each, file));
        if (settings.isPresent() && steps.isPresent()) {
            Optional<DeadLetterPolicy> policy = deadLetters.map(ConfiguredDeadLetters::policy);
            new PersonalDataProblems(file, problems)
                    .report(
                            PersonalDataCheck.of(settings.get().pii(), steps.get(), policy),
                            settings.get().pii());
        }
        boolean complete = settings.isPresent()
                && source.isPresent()
                && steps.isPresent()
                && sink.isPresent()
                && deadLetters.isPresent() == settings.get().deadLetter().isPresent();
        return complete && problems.isEmpty()
                ? Optional.of(new PipelineDefinition(
                        settings.get(), baseDirectory, source.get(), steps.get(), sink.get(), deadLetters))
                : Optional.empty();
    }

    private void requireDeadLetters(PipelineFile settings, ConfigNode.Mapping file) {
        if (settings.onReject().equals(Optional.of(RejectPolicy.DEAD_LETTER))
                && settings.deadLetter().isEmpty()) {
            problems.add(
                    file.get("onReject").orElseThrow().origin(),
                    "is deadLetter, and there is no deadLetter: block that says where they go");
        }
    }

    private Optional<ConfiguredSource<?>> source(ConfigNode node) {
        return PluginUse.<SourceFactory<?>>find("source", node, BESIDE_SOURCE, plugins.sources(), problems)
                .flatMap(use -> {
                    binder.bind(SourceKeys.class, use.beside(), problems);
                    return configured(use.factory(), use.options());
                });
    }

    private <C extends Record> Optional<ConfiguredSource<?>> configured(SourceFactory<C> factory, ConfigNode options) {
        return config(factory.configType(), options).map(config -> new ConfiguredSource<>(factory, config));
    }

    private Optional<ConfiguredSink<?>> sink(ConfigNode node) {
        return PluginUse.<SinkFactory<?>>find("sink", node, BESIDE_SOURCE, plugins.sinks(), problems)
                .flatMap(use -> {
                    binder.bind(SourceKeys.class, use.beside(), problems);
                    return configured(use.factory(), use.options());
                });
    }

    private <C extends Record> Optional<ConfiguredSink<?>> configured(SinkFactory<C> factory, ConfigNode options) {
        return config(factory.configType(), options).map(config -> new ConfiguredSink<>(factory, config));
    }

    private Optional<ConfiguredDeadLetters<?>> deadLetters(ConfigNode node) {
        return PluginUse.<DeadLetterSinkFactory<?>>find(
                        "dead-letter sink", node, BESIDE_DEAD_LETTERS, plugins.deadLetterSinks(), problems)
                .flatMap(use -> {
                    Optional<DeadLetterPolicy> policy = binder.bind(DeadLetterPolicy.class, use.beside(), problems);
                    return configured(use.factory(), use.options(), policy);
                });
    }

    private <C extends Record> Optional<ConfiguredDeadLetters<?>> configured(
            DeadLetterSinkFactory<C> factory, ConfigNode options, Optional<DeadLetterPolicy> policy) {
        Optional<C> config = config(factory.configType(), options);
        return config.isPresent() && policy.isPresent()
                ? Optional.of(new ConfiguredDeadLetters<>(factory, config.get(), policy.get()))
                : Optional.empty();
    }

    private Optional<List<Step<?>>> steps(Optional<ConfigNode> transforms) {
        if (transforms.isEmpty()) {
            return Optional.of(List.of());
        }
        if (!(transforms.get() instanceof ConfigNode.Sequence sequence)) {
            return Optional.empty();
        }
        List<Step<?>> steps = new ArrayList<>();
        sequence.elements().forEach(element -> step(element).ifPresent(steps::add));
        return steps.size() == sequence.elements().size() ? Optional.of(steps) : Optional.empty();
    }

    private Optional<Step<?>> step(ConfigNode node) {
        return PluginUse.<TransformFactory<?>>find("transform", node, BESIDE_STEP, plugins.transforms(), problems)
                .flatMap(use -> {
                    Optional<StepKeys> keys = binder.bind(StepKeys.class, use.beside(), problems);
                    return step(use.factory(), use.options(), keys);
                });
    }

    private <C extends Record> Optional<Step<?>> step(
            TransformFactory<C> factory, ConfigNode options, Optional<StepKeys> keys) {
        Optional<C> config = config(factory.configType(), options);
        return config.isPresent() && keys.isPresent()
                ? Optional.of(new Step<>(
                        factory, config.get(), keys.get().when(), keys.get().label()))
                : Optional.empty();
    }

    /** A record's own checks are calls into its plugin, too. */
    private <C extends Record> Optional<C> config(Class<C> type, ConfigNode options) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClassLoader());
        try {
            return binder.bind(type, options, problems);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
