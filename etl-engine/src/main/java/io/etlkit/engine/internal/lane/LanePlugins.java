package io.etlkit.engine.internal.lane;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Sink;
import io.etlkit.api.Source;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.engine.internal.deadletter.DeadLetterFormat;
import io.etlkit.engine.internal.deadletter.OriginalOpener;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.settings.FieldFlow;
import io.etlkit.engine.internal.settings.LaneContext;
import io.etlkit.engine.internal.settings.LanePluginMetrics;
import io.etlkit.engine.internal.settings.PipelineSettings;
import io.etlkit.engine.internal.settings.PluginSpec;
import io.etlkit.engine.internal.settings.StepSpec;
import io.etlkit.engine.internal.transform.ChainStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plugins of one lane. */
record LanePlugins(
        Source source,
        List<ChainStep> steps,
        Sink sink,
        Optional<DeadLetterSink> deadLetters,
        Optional<OriginalCipher> cipher,
        Optional<DeadLetterFormat> deadLetterFormat) {

    /** Makes them, waiting for what may be there later. */
    static final class Maker {
        private final PipelineSettings settings;
        private final PluginContext context;
        private final PluginContext sinkContext;
        private final Retrier retrier;
        private final PluginCloser closer;

        /**
         * Makes the plugins of a lane.
         *
         * @param retrier calls the factories
         * @param closer is told of each plugin as soon as it is made
         */
        Maker(PipelineSettings settings, int lane, LanePluginMetrics metrics, Retrier retrier, PluginCloser closer) {
            this.settings = settings;
            this.context = new LaneContext(settings, lane, FieldFlow.start(), metrics);
            this.sinkContext = new LaneContext(settings, lane, settings.flow(), metrics);
            this.retrier = retrier;
            this.closer = closer;
        }

        /** The source comes last: it may fetch ahead, and what it fetches should not wait for a database. */
        LanePlugins make() throws InterruptedException {
            List<ChainStep> steps = steps();
            Optional<OriginalCipher> cipher = cipher();
            Sink sink = sink();
            Optional<DeadLetterSink> deadLetters = deadLetters();
            Optional<DeadLetterFormat> deadLetterFormat = deadLetterFormat();
            return new LanePlugins(source(), steps, sink, deadLetters, cipher, deadLetterFormat);
        }

        private List<ChainStep> steps() throws InterruptedException {
            List<ChainStep> steps = new ArrayList<>();
            for (StepSpec spec : settings.steps()) {
                var transform = retrier.call(spec.label(), () -> spec.creation().apply(context));
                closer.add(PluginCloser.Role.TRANSFORM, spec.label(), transform);
                steps.add(new ChainStep(spec.label(), transform, spec.when(), retrier));
            }
            return steps;
        }

        private Optional<OriginalCipher> cipher() throws InterruptedException {
            Optional<String> keyset = settings.sealingKeyset();
            if (keyset.isEmpty() || settings.cipherProvider().isEmpty()) {
                return Optional.empty();
            }
            OriginalCipher cipher = retrier.call(
                    "sealer of dead letters",
                    () -> openCipher(settings.cipherProvider().get(), keyset.get()));
            return Optional.of(closer.add(PluginCloser.Role.SEALER, "sealer of dead letters", cipher));
        }

        /** A replay's source has restored the messages already. */
        private Optional<DeadLetterFormat> deadLetterFormat() throws InterruptedException {
            if (settings.decode().format() != DecodeConfig.Format.DEAD_LETTER || settings.replay()) {
                return Optional.empty();
            }
            String label = "cipher of dead letters";
            DeadLetterFormat format = retrier.call(
                    label,
                    () -> new DeadLetterFormat(
                            settings.name(),
                            new OriginalOpener(
                                    settings.name(),
                                    settings.keyset()
                                            .flatMap(keyset -> settings.cipherProvider()
                                                    .map(provider ->
                                                            provider.open(keyset, settings.baseDirectory()))))));
            return Optional.of(closer.add(PluginCloser.Role.SEALER, label, format));
        }

        private OriginalCipher openCipher(OriginalCipherProvider provider, String keyset) {
            OriginalCipher cipher = provider.open(keyset, settings.baseDirectory());
            try {
                cipher.checkCanSeal();
                return cipher;
            } catch (RuntimeException failed) {
                cipher.close();
                throw failed;
            }
        }

        private Sink sink() throws InterruptedException {
            PluginSpec.OfSink spec = settings.sink();
            Sink sink = retrier.call(spec.label(), () -> spec.creation().apply(sinkContext));
            return closer.add(PluginCloser.Role.SINK, spec.label(), sink);
        }

        private Optional<DeadLetterSink> deadLetters() throws InterruptedException {
            if (settings.deadLetters().isEmpty()) {
                return Optional.empty();
            }
            PluginSpec.OfDeadLetterSink spec = settings.deadLetters().get();
            DeadLetterSink sink =
                    retrier.call(spec.label(), () -> spec.creation().apply(context));
            return Optional.of(closer.add(PluginCloser.Role.DEAD_LETTERS, spec.label(), sink));
        }

        private Source source() throws InterruptedException {
            PluginSpec.OfSource spec = settings.source();
            Source source = retrier.call(spec.label(), () -> spec.creation().apply(context));
            return closer.add(PluginCloser.Role.SOURCE, spec.label(), source);
        }
    }

    /** The top-level fields that the configuration names, for the guard's messages. */
    static Set<String> configuredFields(PipelineSettings settings) {
        Set<String> names = new LinkedHashSet<>(settings.flow().fields().orElse(List.of()));
        settings.pii().forEach(path -> names.add(path.root()));
        for (StepSpec step : settings.steps()) {
            step.effects().writes().keySet().forEach(path -> names.add(path.root()));
        }
        return names;
    }
}
