package io.etlkit.engine.internal.settings;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.internal.retry.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a pipeline was given; see {@link io.etlkit.engine.PipelineBuilder} for each part. {@code replay}: its source is its
 * own dead letters.
 */
public record PipelineSettings(
        String name,
        PluginSpec.OfSource source,
        DecodeConfig decode,
        List<StepSpec> steps,
        PluginSpec.OfSink sink,
        Optional<PluginSpec.OfDeadLetterSink> deadLetters,
        DeadLetterPolicy deadLetterPolicy,
        List<FieldPath> pii,
        int lanes,
        BatchConfig batch,
        RetryConfig retry,
        RejectPolicy onReject,
        Duration drainTimeout,
        Optional<Duration> untilIdle,
        OptionalLong limit,
        Path baseDirectory,
        Clock clock,
        MeterRegistry meterRegistry,
        Optional<OriginalCipherProvider> cipherProvider,
        Ticker ticker,
        boolean replay) {

    /** Copies the steps. */
    public PipelineSettings {
        steps = List.copyOf(steps);
    }

    /** What is known of the top-level fields that reach the sink. */
    public FieldFlow flow() {
        FieldFlow flow = FieldFlow.start();
        for (StepSpec step : steps) {
            flow = flow.through(step.effects(), step.when().isPresent());
        }
        return flow;
    }

    /** The keyset that dead letters are sealed with; empty when their originals are not to be sealed or there is none. */
    public Optional<String> sealingKeyset() {
        return deadLetters.isEmpty() || deadLetterPolicy.original() != DeadLetterPolicy.Original.SEAL
                ? Optional.empty()
                : keyset();
    }

    /** The keyset that sealed letters are opened with, whatever becomes of new ones. */
    public Optional<String> keyset() {
        return deadLetterPolicy
                .keyset()
                .or(() -> steps.stream().flatMap(step -> step.keyset().stream()).findFirst());
    }

    /** Opens what the dead-letter sink has kept, outside a run. */
    public DeadLetterStore openDeadLetters() {
        var context = new LaneContext(
                this, 0, FieldFlow.start(), new LanePluginMetrics(new CompositeMeterRegistry(), name, 0));
        return deadLetters.orElseThrow().opening().apply(context);
    }
}
