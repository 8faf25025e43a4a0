package io.etlkit.engine;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.internal.retry.Ticker;
import io.etlkit.engine.internal.settings.PipelineSettings;
import io.etlkit.engine.internal.settings.PluginSpec;
import io.etlkit.engine.internal.settings.StepSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Pipeline} together. Used by one thread. A source and a sink are required; the rest has defaults. */
public final class PipelineBuilder {
    private final String name;
    private final List<StepSpec> steps = new ArrayList<>();
    private PluginSpec.@Nullable OfSource source;
    private PluginSpec.@Nullable OfSink sink;
    private PluginSpec.@Nullable OfDeadLetterSink deadLetters;
    private DeadLetterPolicy deadLetterPolicy = DeadLetterPolicy.defaults();
    private DecodeConfig decode = DecodeConfig.defaults();
    private List<FieldPath> pii = List.of();
    private int lanes = 1;
    private BatchConfig batch = BatchConfig.defaults();
    private RetryConfig retry = RetryConfig.defaults();
    private @Nullable RejectPolicy onReject;
    private Duration drainTimeout = Duration.ofSeconds(25);
    private Optional<Duration> untilIdle = Optional.empty();
    private OptionalLong limit = OptionalLong.empty();
    private Path baseDirectory = Path.of("");
    private Clock clock = Clock.systemUTC();
    private @Nullable MeterRegistry meterRegistry;
    private @Nullable OriginalCipherProvider cipherProvider;
    private Ticker ticker = Ticker.system();

    PipelineBuilder(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: must not be empty");
        }
        this.name = name;
    }

    /** Where records come from; required. */
    public <C extends Record> PipelineBuilder source(SourceFactory<C> factory, C config) {
        source = new PluginSpec.OfSource(factory.name(), context -> factory.create(config, context));
        return this;
    }

    /** How raw text becomes a body; JSON without an envelope by default. */
    public PipelineBuilder decode(DecodeConfig config) {
        decode = config;
        return this;
    }

    /** Adds a step to the end of the chain. */
    public <C extends Record> PipelineBuilder transform(TransformFactory<C> factory, C config) {
        return transform(Step.of(factory, config));
    }

    /** Adds a step, with a condition or a label, to the end of the chain. */
    public <C extends Record> PipelineBuilder transform(Step<C> step) {
        steps.add(StepSpec.of(steps.size(), step));
        return this;
    }

    /**
     * Adds a step that makes one record of each.
     *
     * @param label names the step in dead letters and logs
     * @param function is shared by all lanes, so it is safe for any thread; it keeps the record's delivery and key. It throws
     *     as {@link Transform#apply} does
     */
    public PipelineBuilder map(String label, UnaryOperator<EtlRecord> function) {
        return step(label, record -> List.of(function.apply(record)));
    }

    /**
     * Adds a step that keeps the records for which a condition is true, and filters the others.
     *
     * @param label names the step in dead letters and logs
     * @param condition is shared by all lanes, so it is safe for any thread. It throws as {@link Transform#apply} does
     */
    public PipelineBuilder filter(String label, Predicate<EtlRecord> condition) {
        return step(label, record -> condition.test(record) ? List.of(record) : List.of());
    }

    /** A step of a host's own code, which declares nothing of what it does to fields. */
    private PipelineBuilder step(String label, Transform transform) {
        steps.add(
                new StepSpec(label, context -> transform, Optional.empty(), FieldEffects.unknown(), Optional.empty()));
        return this;
    }

    /** Where records go; required. */
    public <C extends Record> PipelineBuilder sink(SinkFactory<C> factory, C config) {
        sink = new PluginSpec.OfSink(factory.name(), context -> factory.create(config, context));
        return this;
    }

    /** Where rejected records are kept, and what is kept of them; nowhere by default. */
    public <C extends Record> PipelineBuilder deadLetters(
            DeadLetterSinkFactory<C> factory, C config, DeadLetterPolicy policy) {
        deadLetters = new PluginSpec.OfDeadLetterSink(
                factory.name(), context -> factory.create(config, context), context -> factory.open(config, context));
        deadLetterPolicy = policy;
        return this;
    }

    /** The paths of the decoded body whose values may reach the sink in no field; none by default. */
    public PipelineBuilder pii(List<FieldPath> paths) {
        pii = List.copyOf(paths);
        return this;
    }

    /** How many lanes run side by side, each with plugins and a thread of its own; 1 by default. */
    public PipelineBuilder lanes(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("lanes: must be at least 1");
        }
        lanes = count;
        return this;
    }

    /** How batches are collected. */
    public PipelineBuilder batch(BatchConfig config) {
        batch = config;
        return this;
    }

    /** How transient failures are retried. */
    public PipelineBuilder retry(RetryConfig config) {
        retry = config;
        return this;
    }

    /** What becomes of rejected records; dead letters where there is a sink for them, else the pipeline fails. */
    public PipelineBuilder onReject(RejectPolicy policy) {
        onReject = policy;
        return this;
    }

    /** How long a stopped pipeline may take to finish what is in flight; 25 s by default. */
    public PipelineBuilder drainTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("drainTimeout: must not be negative");
        }
        drainTimeout = timeout;
        return this;
    }

    /** Ends the run when no record came for this long, nothing is in flight and the source has nothing left. */
    public PipelineBuilder untilIdle(Duration idle) {
        if (idle.isNegative()) {
            throw new IllegalArgumentException("untilIdle: must not be negative");
        }
        untilIdle = Optional.of(idle);
        return this;
    }

    /** Ends the run after this many deliveries; all lanes together never poll for more. */
    public PipelineBuilder limit(long deliveries) {
        if (deliveries < 1) {
            throw new IllegalArgumentException("limit: must be at least 1");
        }
        limit = OptionalLong.of(deliveries);
        return this;
    }

    /** The folder that plugins take relative paths from; the working directory by default. */
    public PipelineBuilder baseDirectory(Path directory) {
        baseDirectory = directory;
        return this;
    }

    /** The wall clock; the system's by default. */
    public PipelineBuilder clock(Clock wallClock) {
        clock = wallClock;
        return this;
    }

    /** Where metrics go; nowhere by default. */
    public PipelineBuilder meterRegistry(MeterRegistry registry) {
        meterRegistry = registry;
        return this;
    }

    /** What seals the originals of dead letters; by default the one that {@link ServiceLoader} finds. */
    public PipelineBuilder cipherProvider(OriginalCipherProvider provider) {
        cipherProvider = provider;
        return this;
    }

    /** Replaces waiting and the monotonic clock, in tests. */
    PipelineBuilder ticker(Ticker replacement) {
        ticker = replacement;
        return this;
    }

    /**
     * The pipeline. Nothing is connected to yet.
     *
     * @throws IllegalStateException when a part is missing or does not fit another
     */
    public Pipeline build() {
        return new Pipeline(new PipelineSettings(
                name,
                required(source, "source"),
                decode,
                steps,
                required(sink, "sink"),
                Optional.ofNullable(deadLetters),
                deadLetterPolicy,
                pii,
                lanes,
                batch,
                retry,
                rejectPolicy(),
                drainTimeout,
                untilIdle,
                limit,
                baseDirectory,
                clock,
                meterRegistry == null ? new CompositeMeterRegistry() : meterRegistry,
                cipherProvider == null
                        ? ServiceLoader.load(OriginalCipherProvider.class).findFirst()
                        : Optional.of(cipherProvider),
                ticker,
                false));
    }

    private RejectPolicy rejectPolicy() {
        if (onReject == null) {
            return deadLetters == null ? RejectPolicy.FAIL : RejectPolicy.DEAD_LETTER;
        }
        if (onReject == RejectPolicy.DEAD_LETTER && deadLetters == null) {
            throw new IllegalStateException("pipeline " + name
                    + ": onReject is deadLetter, but there is no dead-letter sink; name one or choose release, fail or"
                    + " drop");
        }
        return onReject;
    }

    private <T> T required(@Nullable T part, String what) {
        if (part == null) {
            throw new IllegalStateException("pipeline " + name + ": no " + what + " was given");
        }
        return part;
    }
}
