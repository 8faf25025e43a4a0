package io.etlkit.transform.mask.internal.seal;

import io.etlkit.api.Sealer;
import io.etlkit.api.SealerProvider;
import io.etlkit.api.Unsealer;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.file.Path;

/** Seals the originals of dead letters with the keys that mask; opens them again, too. */
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

    @Override
    public Unsealer openUnsealer(String keyset, Path baseDirectory) {
        return new KeysetUnsealer(Keyset.load(keyset, baseDirectory));
    }
}
