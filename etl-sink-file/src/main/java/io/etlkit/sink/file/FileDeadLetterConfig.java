package io.etlkit.sink.file;

import io.etlkit.api.config.Option;
import java.nio.file.Path;

/**
 * The options of the dead-letter sink {@code file}.
 *
 * @param path where the letters go
 */
public record FileDeadLetterConfig(
        @Option(
                description =
                        "The file that letters are appended to, one JSON object a line; made when it is missing, readable"
                                + " by its owner only; its folder must be there. A relative path is taken from the pipeline"
                                + " file's folder.",
                example = "dead-letters.jsonl")
        Path path) {

    /** Checks the path. */
    public FileDeadLetterConfig {
        TargetPath.requireFileName(path);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static FileDeadLetterConfigBuilder builder() {
        return new FileDeadLetterConfigBuilder();
    }
}
