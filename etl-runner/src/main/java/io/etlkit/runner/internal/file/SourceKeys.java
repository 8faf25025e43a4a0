package io.etlkit.runner.internal.file;

import io.etlkit.api.config.Option;
import java.util.Optional;

/**
 * The keys that may stand beside a source's or sink's plugin.
 *
 * @param label a name for people
 */
public record SourceKeys(
        @Option(description = "What people call it; of no effect.", example = "logins")
        Optional<String> label) {}
