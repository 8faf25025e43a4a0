package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.List;

/**
 * What {@code require} needs.
 *
 * @param fields the fields that have to be there and not null
 */
public record RequireConfig(
        @Option(
                description =
                        "Fields that have to be there and not null; a[*].b has to be in each element of the list a.",
                example = "[user_id, device.id, \"sessions[*].ip\"]")
        List<FieldPath> fields) {
    /** Checks that fields are named, each once. */
    public RequireConfig {
        fields = ConfigChecks.distinct("fields", fields);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static RequireConfigBuilder builder() {
        return new RequireConfigBuilder();
    }

    FieldEffects effects() {
        return FieldEffects.none();
    }
}
