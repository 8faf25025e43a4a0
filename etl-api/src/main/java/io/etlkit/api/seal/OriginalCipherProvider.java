package io.etlkit.api.seal;

import io.etlkit.api.StartupException;
import java.nio.file.Path;

/** Makes ciphers of originals; found by {@link java.util.ServiceLoader}. Safe for any thread. */
public interface OriginalCipherProvider {
    /**
     * Opens a cipher over a keyset.
     *
     * @param keyset where the keyset is, as a pipeline file names it
     * @param baseDirectory the folder that a relative path is taken from
     * @throws StartupException when the keyset cannot be used
     */
    OriginalCipher open(String keyset, Path baseDirectory);
}
