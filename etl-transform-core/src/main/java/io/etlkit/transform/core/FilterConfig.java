package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.Option;

/**
 * What {@code filter} needs.
 *
 * @param keep the condition under which a record is kept
 */
public record FilterConfig(
        @Option(
                description =
                        "A condition; records for which it is false are filtered: counted and settled, not written.",
                example = "body.locale != null && body.locale in ['DE', 'FR']")
        Expression keep) {
    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static FilterConfigBuilder builder() {
        return new FilterConfigBuilder();
    }

    FieldEffects effects() {
        return FieldEffects.none();
    }
}
