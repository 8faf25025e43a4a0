package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code compute} needs.
 *
 * @param fields each field's expression by its path, without {@code [*]}
 */
public record ComputeConfig(
        @Option(
                description =
                        "The expression of each field: { name: EXPRESSION }. All of them see the record as it came into"
                                + " the step; a field that is there is overwritten.",
                example = "{ create_date: date(headers.sentAt) }")
        Map<String, Expression> fields) {
    /** Checks the paths. */
    public ComputeConfig {
        fields = new LinkedHashMap<>(fields);
        ConfigChecks.noWildcard("fields", ConfigChecks.byPath("fields", fields).keySet());
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static ComputeConfigBuilder builder() {
        return new ComputeConfigBuilder();
    }

    Map<FieldPath, Expression> byPath() {
        return ConfigChecks.byPath("fields", fields);
    }

    /** What an expression tests, it does not carry: its result is true or false. */
    FieldEffects effects() {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        Set<FieldPath> wholeBody = new LinkedHashSet<>();
        byPath().forEach((field, expression) -> {
            writes.put(field, expression.isCondition() ? Set.of() : expression.reads());
            if (expression.readsWholeBody() && !expression.isCondition()) {
                wholeBody.add(field);
            }
        });
        return FieldEffects.writes(writes).withWholeBody(wholeBody);
    }
}
