package io.etlkit.runner.internal.file;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.SourceFactory;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.Pipeline;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file, read and bound. Immutable.
 *
 * @param settings its top-level keys
 * @param baseDirectory the folder that it lies in
 * @param source the source and its configuration
 * @param steps the steps and theirs
 * @param sink the sink and its
 * @param deadLetters the dead-letter sink and its
 */
public record PipelineDefinition(
        PipelineFile settings,
        Path baseDirectory,
        ConfiguredSource<?> source,
        List<Step<?>> steps,
        ConfiguredSink<?> sink,
        Optional<ConfiguredDeadLetters<?>> deadLetters) {

    /** Begins the engine's pipeline with all that the file says. */
    public PipelineBuilder toBuilder() {
        PipelineBuilder builder = Pipeline.builder(settings.name())
                .baseDirectory(baseDirectory)
                .lanes(settings.lanes())
                .pii(settings.pii())
                .decode(settings.decode())
                .batch(settings.batch())
                .retry(settings.retry());
        source.addTo(builder);
        steps.forEach(builder::transform);
        sink.addTo(builder);
        deadLetters.ifPresent(each -> each.addTo(builder));
        settings.onReject().ifPresent(builder::onReject);
        return builder;
    }

    /**
     * A source and its configuration.
     *
     * @param factory makes it
     * @param config its configuration
     * @param <C> the configuration's type
     */
    public record ConfiguredSource<C extends Record>(SourceFactory<C> factory, C config) {
        void addTo(PipelineBuilder builder) {
            builder.source(factory, config);
        }
    }

    /**
     * A sink and its configuration.
     *
     * @param factory makes it
     * @param config its configuration
     * @param <C> the configuration's type
     */
    public record ConfiguredSink<C extends Record>(SinkFactory<C> factory, C config) {
        void addTo(PipelineBuilder builder) {
            builder.sink(factory, config);
        }
    }

    /**
     * A dead-letter sink and its configuration.
     *
     * @param factory makes it
     * @param config its configuration
     * @param policy what letters keep
     * @param <C> the configuration's type
     */
    public record ConfiguredDeadLetters<C extends Record>(
            DeadLetterSinkFactory<C> factory, C config, DeadLetterPolicy policy) {
        void addTo(PipelineBuilder builder) {
            builder.deadLetters(factory, config, policy);
        }
    }
}
