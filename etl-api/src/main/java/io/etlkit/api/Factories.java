package io.etlkit.api;

import java.util.function.BiFunction;
import java.util.function.Function;

/** The factories that the {@code of} methods make. */
final class Factories {
    private Factories() {}

    record OfSource<C extends Record>(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, Source> creation)
            implements SourceFactory<C> {
        @Override
        public Source create(C config, PluginContext context) {
            return creation.apply(config, context);
        }
    }

    record OfTransform<C extends Record>(
            String name,
            String summary,
            Class<C> configType,
            BiFunction<C, PluginContext, Transform> creation,
            Function<C, FieldEffects> effects)
            implements TransformFactory<C> {
        @Override
        public Transform create(C config, PluginContext context) {
            return creation.apply(config, context);
        }

        @Override
        public FieldEffects fields(C config) {
            return effects.apply(config);
        }
    }

    record OfSink<C extends Record>(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, Sink> creation)
            implements SinkFactory<C> {
        @Override
        public Sink create(C config, PluginContext context) {
            return creation.apply(config, context);
        }
    }

    record OfDeadLetterSink<C extends Record>(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, DeadLetterSink> creation)
            implements DeadLetterSinkFactory<C> {
        @Override
        public DeadLetterSink create(C config, PluginContext context) {
            return creation.apply(config, context);
        }
    }

    record OfReadableDeadLetterSink<C extends Record>(
            String name,
            String summary,
            Class<C> configType,
            BiFunction<C, PluginContext, DeadLetterSink> creation,
            BiFunction<C, PluginContext, DeadLetterStore> opening)
            implements DeadLetterSinkFactory<C> {
        @Override
        public DeadLetterSink create(C config, PluginContext context) {
            return creation.apply(config, context);
        }

        @Override
        public DeadLetterStore open(C config, PluginContext context) {
            return opening.apply(config, context);
        }
    }
}
