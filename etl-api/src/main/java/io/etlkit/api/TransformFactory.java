package io.etlkit.api;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes transforms. Stateless, safe for any thread.
 *
 * @param <C> the configuration's type
 */
public interface TransformFactory<C extends Record> extends PluginFactory<C> {
    /**
     * Makes the transform of one lane.
     *
     * @throws TransientException when something it needs may be there later; the engine waits and calls again
     * @throws StartupException when it never will be as configured: no such keyset
     */
    Transform create(C config, PluginContext context);

    /**
     * What a step so configured does to a body's fields. The sink's columns and the guard over personal fields follow from
     * it.
     */
    FieldEffects fields(C config);

    /** Where the keys are that this step works with; dead letters are sealed with the first step's that names one. */
    default Optional<String> keyset(C config) {
        return Optional.empty();
    }

    /** A factory from its parts, of a transform whose effects on fields are not known. */
    static <C extends Record> TransformFactory<C> of(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, Transform> create) {
        return of(name, summary, configType, create, config -> FieldEffects.unknown());
    }

    /** A factory from its parts. */
    static <C extends Record> TransformFactory<C> of(
            String name,
            String summary,
            Class<C> configType,
            BiFunction<C, PluginContext, Transform> create,
            Function<C, FieldEffects> fields) {
        return new Factories.OfTransform<>(name, summary, configType, create, fields);
    }
}
