package io.etlkit.engine;

import io.etlkit.engine.internal.PipelineSettings;
import io.etlkit.engine.internal.RunningPipeline;

/**
 * A pipeline ready to be started: one source, a chain of transforms, one sink, and the rules for failure. Immutable, safe
 * for any thread; it may be started more than once, and each run has plugins of its own.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.builder("user-logins")
 *         .source(sqs, sqsConfig)
 *         .transform(mask, maskConfig)
 *         .sink(postgres, postgresConfig)
 *         .build();
 * try (PipelineRun run = pipeline.start()) {
 *     RunReport report = run.await();
 * }
 * }</pre>
 */
public final class Pipeline {
    private final PipelineSettings settings;

    Pipeline(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins a pipeline.
     *
     * @param name its name: ledgers, dead letters and metrics are kept under it, so it should not change
     */
    public static PipelineBuilder builder(String name) {
        return new PipelineBuilder(name);
    }

    /** The pipeline's name. */
    public String name() {
        return settings.name();
    }

    /**
     * Starts it, and returns at once: plugins are made on the lanes' threads. What goes wrong is told by
     * {@link RunReport#failure}.
     */
    public PipelineRun start() {
        return RunningPipeline.start(settings);
    }
}
