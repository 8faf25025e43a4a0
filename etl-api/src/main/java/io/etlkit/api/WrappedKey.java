package io.etlkit.api;

import java.util.Map;

/**
 * A key in the form that a keyset file keeps. Immutable; no secret.
 *
 * @param ciphertext the encrypted key, as text
 * @param settings what is needed to decrypt it: which key of the service, ...
 */
public record WrappedKey(String ciphertext, Map<String, String> settings) {
    /** Copies the settings. */
    public WrappedKey {
        settings = Map.copyOf(settings);
    }
}
