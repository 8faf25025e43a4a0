package io.etlkit.transform.mask;

import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.transform.mask.internal.seal.KeysetCipher;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.file.Path;

/** Seals the originals of dead letters with the keyset of the mask steps, and opens them. */
public final class KeysetCipherProvider implements OriginalCipherProvider {
    /** For {@link java.util.ServiceLoader}. */
    public KeysetCipherProvider() {}

    @Override
    public OriginalCipher open(String keyset, Path baseDirectory) {
        return new KeysetCipher(Keyset.load(keyset, baseDirectory));
    }
}
