package io.etlkit.transform.mask.keyset;

import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
import io.etlkit.transform.mask.internal.keyset.PassphraseWrap;
import java.util.Map;

/**
 * How the keys of a keyset are to be protected in its file. Immutable.
 *
 * @param type {@code none}, {@code passphrase}, or the type of a {@link io.etlkit.api.KeyWrapProvider} on the classpath
 * @param settings what the type needs: none for the first two
 */
public record WrapChoice(String type, Map<String, String> settings) {
    /** Copies the settings. */
    public WrapChoice {
        settings = Map.copyOf(settings);
    }

    /** Not at all: whoever reads the file has the keys. */
    public static WrapChoice plaintext() {
        return new WrapChoice(KeysetWraps.NONE, Map.of());
    }

    /** With a passphrase. */
    public static WrapChoice passphrase() {
        return new WrapChoice(PassphraseWrap.TYPE, Map.of());
    }
}
