package io.etlkit.sink.file;

import java.nio.file.Path;

/** The check of a path that both sinks share. */
final class TargetPath {
    private TargetPath() {}

    static void requireFileName(Path path) {
        if (path.getFileName() == null || path.toString().isEmpty()) {
            throw new IllegalArgumentException("path: must name a file");
        }
    }
}
