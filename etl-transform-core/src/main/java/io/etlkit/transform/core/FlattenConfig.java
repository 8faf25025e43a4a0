package io.etlkit.transform.core;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.List;
import java.util.Optional;

/**
 * What {@code flatten} needs.
 *
 * @param separator what stands between the joined names
 * @param path the one object that is flattened into the object around it; the whole body where it is empty
 * @param maxDepth how many levels of objects are dissolved at most; all of them where it is empty
 */
public record FlattenConfig(
        @Option(description = "What stands between the joined names.", defaultValue = "_", example = ".")
        String separator,

        @Option(
                description =
                        "The one object that is flattened into the object around it; without it the whole body is.",
                example = "device")
        Optional<FieldPath> path,

        @Option(description = "How many levels of objects are dissolved; without it all are.", example = "1", min = "1")
        Optional<Integer> maxDepth) {
    /** Checks the path. */
    public FlattenConfig {
        path.ifPresent(single -> ConfigChecks.noWildcard("path", List.of(single)));
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static FlattenConfigBuilder builder() {
        return new FlattenConfigBuilder();
    }

    /** The names come out of the record, so nothing is known of them. */
    FieldEffects effects() {
        return FieldEffects.unknown();
    }
}
