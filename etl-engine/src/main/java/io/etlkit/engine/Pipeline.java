package io.etlkit.engine;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RejectPolicy;
import io.etlkit.engine.internal.lane.RunningPipeline;
import io.etlkit.engine.internal.replay.ReplayingPipeline;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.util.Optional;

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

    /**
     * Puts dead letters of this pipeline through it again, and returns at once: a run of the same chain and sinks, bounded to
     * one passage through what the dead-letter sink has kept. See {@code docs/dead-letters.md}.
     *
     * @throws IllegalStateException when this pipeline keeps no dead letters
     */
    public ReplayRun replay(ReplaySelection selection) {
        requireDeadLetters();
        return ReplayingPipeline.start(settings, selection);
    }

    /**
     * Opens what this pipeline's dead-letter sink has kept of it; the caller closes it. Blocks while it connects.
     *
     * @throws IllegalStateException when this pipeline keeps no dead letters
     * @throws io.etlkit.api.TransientException when they may be there later
     * @throws io.etlkit.api.StartupException when they never will as configured, or the sink can not be read back
     */
    public DeadLetterStore openDeadLetters() {
        requireDeadLetters();
        return settings.openDeadLetters();
    }

    /** The keyset that the originals of dead letters are opened with; empty when neither they nor a step name one. */
    public Optional<String> keyset() {
        return settings.keyset();
    }

    private void requireDeadLetters() {
        if (settings.deadLetters().isEmpty() || settings.onReject() != RejectPolicy.DEAD_LETTER) {
            throw new IllegalStateException("pipeline " + name()
                    + ": keeps no dead letters; name a dead-letter sink, and let onReject be deadLetter");
        }
    }
}
