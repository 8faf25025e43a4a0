package io.etlkit.api;

import java.nio.file.Path;

/** Opens sealers, and what opens their seals; found by {@link java.util.ServiceLoader}. Safe for any thread. */
public interface SealerProvider {
    /**
     * Opens a sealer over a keyset.
     *
     * @param keyset where the keyset is, as a pipeline file names it
     * @param baseDirectory the folder that a relative path is taken from
     * @throws StartupException when the keyset can not be used
     */
    Sealer open(String keyset, Path baseDirectory);

    /**
     * Opens an unsealer over a keyset; it opens what was sealed with any key that the keyset still holds.
     *
     * @param keyset where the keyset is, as a pipeline file names it
     * @param baseDirectory the folder that a relative path is taken from
     * @throws StartupException when the keyset can not be used
     */
    Unsealer openUnsealer(String keyset, Path baseDirectory);
}
