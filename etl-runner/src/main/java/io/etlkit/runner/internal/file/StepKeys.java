package io.etlkit.runner.internal.file;

import io.etlkit.api.config.Expression;
import io.etlkit.api.config.Option;
import java.util.Optional;

/**
 * The keys that may stand beside a step's plugin.
 *
 * @param when the step's condition
 * @param label the step's name
 */
public record StepKeys(
        @Option(
                description = "The step is for the records that meet this condition; the others pass it unchanged.",
                example = "has(body.user_id)")
        Optional<Expression> when,

        @Option(description = "What dead letters and logs call the step.", example = "mask-addresses")
        Optional<String> label) {}
