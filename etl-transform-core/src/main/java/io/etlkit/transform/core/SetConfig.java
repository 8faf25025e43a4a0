package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code set} needs.
 *
 * @param fields each field's value by its path, without {@code [*]}
 */
public record SetConfig(
        @Option(
                description =
                        "The value of each field: { name: value }. A field that is there is overwritten; the objects"
                                + " around a nested one are made.",
                example = "{ origin: mobile, meta.version: 2 }")
        Map<String, Value> fields) {
    /** Checks the paths. */
    public SetConfig {
        fields = new LinkedHashMap<>(fields);
        ConfigChecks.noWildcard("fields", ConfigChecks.byPath("fields", fields).keySet());
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static SetConfigBuilder builder() {
        return new SetConfigBuilder();
    }

    Map<FieldPath, Value> byPath() {
        return ConfigChecks.byPath("fields", fields);
    }

    FieldEffects effects() {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        byPath().keySet().forEach(field -> writes.put(field, Set.of()));
        return FieldEffects.writes(writes);
    }
}
