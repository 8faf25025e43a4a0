package io.etlkit.sink.file;

import io.etlkit.api.config.Option;
import java.nio.file.Path;

/**
 * The options of the sink {@code file}.
 *
 * @param path where the lines go
 * @param sync whether each batch is forced to the disk
 */
public record FileSinkConfig(
        @Option(
                description =
                        "The file that lines are appended to. A missing file is created; its folder must exist. A relative path starts at the pipeline file's folder.",
                example = "out/logins.jsonl")
        Path path,

        @Option(
                description =
                        "Whether each batch is forced to disk (fsync) before it counts as written. If false, the last batches are lost when the machine, not only the process, crashes.",
                defaultValue = "true")
        boolean sync) {

    /** Checks the path. */
    public FileSinkConfig {
        LinesFile.requireFileName(path);
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static FileSinkConfigBuilder builder() {
        return new FileSinkConfigBuilder();
    }
}
