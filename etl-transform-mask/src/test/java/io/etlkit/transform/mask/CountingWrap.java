package io.etlkit.transform.mask;

import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.WrappedKey;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A key service that hides nothing and counts how often it is asked to unwrap. */
public final class CountingWrap implements KeyWrapProvider {
    static final AtomicInteger UNWRAPS = new AtomicInteger();

    @Override
    public String type() {
        return "counting";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public WrappedKey wrap(byte[] key, String keyset, Map<String, String> settings) {
        return new WrappedKey(Base64.getEncoder().encodeToString(key), Map.of());
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, String keyset) {
        UNWRAPS.incrementAndGet();
        return Base64.getDecoder().decode(wrapped.ciphertext());
    }
}
