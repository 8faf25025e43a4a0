package io.etlkit.engine.internal.settings;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Transform;
import io.etlkit.api.config.Expression;
import io.etlkit.engine.Step;
import java.util.Optional;
import java.util.function.Function;

/**
 * A step that is chosen and configured, its transform not made yet.
 *
 * @param label what dead letters call it
 * @param creation makes the transform
 * @param when the condition
 * @param effects what it does to fields
 * @param keyset the keyset it works with
 */
public record StepSpec(
        String label,
        Function<PluginContext, Transform> creation,
        Optional<Expression> when,
        FieldEffects effects,
        Optional<String> keyset) {

    /** The step at a place of the chain, from 0. */
    public static <C extends Record> StepSpec of(int position, Step<C> step) {
        return new StepSpec(
                step.label()
                        .orElse("transforms[" + position + "]." + step.factory().name()),
                context -> step.factory().create(step.config(), context),
                step.when(),
                step.factory().fields(step.config()),
                step.factory().keyset(step.config()));
    }
}
