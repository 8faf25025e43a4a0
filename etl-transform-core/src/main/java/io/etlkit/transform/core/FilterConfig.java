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
    FieldEffects effects() {
        return FieldEffects.none();
    }
}
