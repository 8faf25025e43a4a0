package io.etlkit.transform.mask;

import io.etlkit.api.Sealer;
import io.etlkit.api.SealerProvider;
import java.nio.file.Path;

/** Seals the originals of dead letters with the keys that mask; what it seals, {@link Unsealer} opens. */
public final class KeysetSealerProvider implements SealerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public KeysetSealerProvider() {}

    @Override
    public Sealer open(String keyset, Path baseDirectory) {
        Keyset loaded = Keyset.load(keyset, baseDirectory);
        try {
            return new KeysetSealer(loaded);
        } catch (RuntimeException failed) {
            loaded.close();
            throw failed;
        }
    }
}
