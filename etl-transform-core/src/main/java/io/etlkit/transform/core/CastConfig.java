package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code cast} needs.
 *
 * @param fields each field's type by its path
 */
public record CastConfig(
        @Option(
                description =
                        "The type of each field: { name: type }. A value that is null stays null, a field that is missing"
                                + " stays missing, and a value that can not be turned into the type exactly rejects the record.",
                example = "{ age: integer, \"sessions[*].start\": timestamp }")
        Map<String, CastType> fields) {
    /** Checks the paths. */
    public CastConfig {
        fields = new LinkedHashMap<>(fields);
        ConfigChecks.byPath("fields", fields);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static CastConfigBuilder builder() {
        return new CastConfigBuilder();
    }

    Map<FieldPath, CastType> byPath() {
        return ConfigChecks.byPath("fields", fields);
    }

    FieldEffects effects() {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        byPath().keySet().forEach(field -> writes.put(field, Set.of(field)));
        return FieldEffects.writes(writes);
    }
}
