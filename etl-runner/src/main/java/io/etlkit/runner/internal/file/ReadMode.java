package io.etlkit.runner.internal.file;

import io.etlkit.api.dev.DevServices;
import java.util.List;
import java.util.Optional;

/**
 * How a pipeline file is read.
 *
 * @param lookUpSecrets whether files and secret providers are asked
 * @param runs whether what the file names has to be there
 * @param overrides what {@code --set} says, each {@code path=value}
 * @param devServices services whose options take the place of the file's own
 */
public record ReadMode(boolean lookUpSecrets, boolean runs, List<String> overrides, Optional<DevServices> devServices) {
    /** To run it. */
    public static ReadMode run(List<String> overrides) {
        return new ReadMode(true, true, overrides, Optional.empty());
    }

    /** To run it on dev services. */
    public static ReadMode dev(List<String> overrides, DevServices services) {
        return new ReadMode(false, true, overrides, Optional.of(services));
    }

    /** To work on what its dead-letter sink has kept: that can be looked at where there is no keyset. */
    public static ReadMode deadLetters(List<String> overrides) {
        return new ReadMode(true, false, overrides, Optional.empty());
    }

    /** To look at it only. */
    public static ReadMode check() {
        return new ReadMode(false, false, List.of(), Optional.empty());
    }
}
