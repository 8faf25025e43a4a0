package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What {@code drop} needs.
 *
 * @param fields the fields that are removed
 */
public record DropConfig(
        @Option(
                description =
                        "Fields that are removed; a[*].b is removed from each element of the list a, and a[*] empties"
                                + " the list.",
                example = "[debug, device.serial, \"sessions[*].ip\"]")
        List<FieldPath> fields) {
    /** Checks that fields are named, each once. */
    public DropConfig {
        fields = ConfigChecks.distinct("fields", fields);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static DropConfigBuilder builder() {
        return new DropConfigBuilder();
    }

    FieldEffects effects() {
        return FieldEffects.removes(new LinkedHashSet<>(fields));
    }
}
