package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What {@code rename} needs.
 *
 * @param fields each field's new name by its old one; both may be nested paths without {@code [*]}
 */
public record RenameConfig(
        @Option(
                description = "The new name of each field, by its old one: { old: new }. Nested paths move a field.",
                example = "{ userId: user_id, device.type: device_type }")
        Map<String, FieldPath> fields) {
    /** Checks that no two fields get one name, and that no path has a wildcard. */
    public RenameConfig {
        fields = new LinkedHashMap<>(fields);
        ConfigChecks.noWildcard("fields", ConfigChecks.byPath("fields", fields).keySet());
        ConfigChecks.noWildcard("fields", fields.values());
        Set<FieldPath> targets = new HashSet<>();
        for (FieldPath target : fields.values()) {
            if (!targets.add(target)) {
                throw new IllegalArgumentException("fields: two fields are renamed to \"" + target + "\"");
            }
        }
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static RenameConfigBuilder builder() {
        return new RenameConfigBuilder();
    }

    Map<FieldPath, FieldPath> byPath() {
        return ConfigChecks.byPath("fields", fields);
    }

    FieldEffects effects() {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        byPath().forEach((from, to) -> writes.put(to, Set.of(from)));
        return FieldEffects.moves(byPath().keySet(), writes);
    }
}
