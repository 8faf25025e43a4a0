package io.etlkit.engine;

import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.Expression;
import java.util.Optional;

/**
 * One step of the transform chain.
 *
 * @param factory makes the transform, one for each lane
 * @param config its configuration
 * @param when records for which this is false pass the step unchanged; empty: none do
 * @param label what dead letters call the step; empty: {@code transforms[1].mask}
 * @param <C> the configuration's type
 */
public record Step<C extends Record>(
        TransformFactory<C> factory, C config, Optional<Expression> when, Optional<String> label) {

    /** A step that every record goes through. */
    public static <C extends Record> Step<C> of(TransformFactory<C> factory, C config) {
        return new Step<>(factory, config, Optional.empty(), Optional.empty());
    }

    /** This step for the records that meet a condition. */
    public Step<C> when(Expression condition) {
        return new Step<>(factory, config, Optional.of(condition), label);
    }

    /** This step under a name of its own. */
    public Step<C> label(String name) {
        return new Step<>(factory, config, when, Optional.of(name));
    }
}
