package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What {@code select} needs.
 *
 * @param fields the fields that remain, in this order
 */
public record SelectConfig(
        @Option(
                description =
                        "Fields that remain, in this order; a nested one keeps the objects and lists around it, and"
                                + " one that is missing stays missing.",
                example = "[user_id, device.type, \"sessions[*].start\"]")
        List<FieldPath> fields) {
    /** Checks that fields are named, each once. */
    public SelectConfig {
        fields = ConfigChecks.distinct("fields", fields);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static SelectConfigBuilder builder() {
        return new SelectConfigBuilder();
    }

    FieldEffects effects() {
        return FieldEffects.only(new LinkedHashSet<>(fields));
    }
}
