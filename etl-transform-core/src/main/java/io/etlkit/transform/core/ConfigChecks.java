package io.etlkit.transform.core;

import io.etlkit.api.value.FieldPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the configuration records of these transforms check alike. */
final class ConfigChecks {
    private ConfigChecks() {}

    static List<FieldPath> distinct(String component, List<FieldPath> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException(component + ": name at least one field");
        }
        Set<FieldPath> seen = new HashSet<>();
        for (FieldPath path : paths) {
            if (!seen.add(path)) {
                throw new IllegalArgumentException(component + ": \"" + path + "\" is named twice");
            }
        }
        return List.copyOf(paths);
    }

    /** The map with its keys read as paths, in order. */
    static <V> Map<FieldPath, V> byPath(String component, Map<String, V> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(component + ": name at least one field");
        }
        Map<FieldPath, V> byPath = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (byPath.put(path(component, name), value) != null) {
                throw new IllegalArgumentException(component + ": \"" + name + "\" is named twice");
            }
        });
        return byPath;
    }

    static void noWildcard(String component, Collection<FieldPath> paths) {
        for (FieldPath path : paths) {
            if (path.hasWildcard()) {
                throw new IllegalArgumentException(
                        component + ": \"" + path + "\" names no single field; [*] is not possible here");
            }
        }
    }

    private static FieldPath path(String component, String name) {
        try {
            return FieldPath.parse(name);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(component + ": " + invalid.getMessage());
        }
    }
}
