package io.etlkit.sink.file;

import io.etlkit.api.config.Option;
import java.nio.file.Path;

/**
 * The options of the dead-letter sink {@code file}.
 *
 * @param path where the dead letters go
 */
public record FileDeadLetterConfig(
        @Option(
                description =
                        "The file that dead letters are appended to, one JSON object a line. A missing file is created, readable only by its owner; its folder must exist. A relative path starts at the pipeline file's folder.",
                example = "dead-letters.jsonl")
        Path path) {

    /** Checks the path. */
    public FileDeadLetterConfig {
        LinesFile.requireFileName(path);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static FileDeadLetterConfigBuilder builder() {
        return new FileDeadLetterConfigBuilder();
    }
}
