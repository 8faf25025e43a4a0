package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import java.util.function.Function;

/** A factory of a transform that needs nothing but its configuration. */
record CoreTransformFactory<C extends Record>(
        String name,
        String summary,
        Class<C> configType,
        Function<C, Transform> creation,
        Function<C, FieldEffects> effects)
        implements TransformFactory<C> {
    @Override
    public Transform create(C config, PluginContext context) {
        return creation.apply(config);
    }

    @Override
    public FieldEffects fields(C config) {
        return effects.apply(config);
    }
}
