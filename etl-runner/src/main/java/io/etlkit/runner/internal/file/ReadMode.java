package io.etlkit.runner.internal.file;

import io.etlkit.api.dev.DevServices;
import java.util.List;
import java.util.Optional;

/**
 * How a pipeline file is read.
 *
 * @param lookUpSecrets whether files and secret providers are asked
 * @param overrides what {@code --set} says, each {@code path=value}
 * @param devServices services whose options take the place of the file's own
 */
public record ReadMode(boolean lookUpSecrets, List<String> overrides, Optional<DevServices> devServices) {
    /** To run it. */
    public static ReadMode run(List<String> overrides) {
        return new ReadMode(true, overrides, Optional.empty());
    }

    /** To run it on dev services. */
    public static ReadMode dev(List<String> overrides, DevServices services) {
        return new ReadMode(false, overrides, Optional.of(services));
    }

    /** To look at it only. */
    public static ReadMode check() {
        return new ReadMode(false, List.of(), Optional.empty());
    }

    /** Whether what the file names has to be there. */
    boolean runs() {
        return lookUpSecrets || devServices.isPresent();
    }
}
