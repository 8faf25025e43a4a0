package io.etlkit.reveal;

import io.etlkit.transform.mask.Keyset;
import java.nio.file.Path;

/** A keyset that is named on the command line: a file, or {@code env:NAME}. */
final class KeysetOption {
    private KeysetOption() {}

    static Keyset load(String location) {
        return Keyset.load(location, Path.of(""));
    }
}
