package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.crypto.AesGcmSiv;
import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The ciphers of tokens whose nonce is the start of their fingerprint. */
public enum CipherSuite {
    /** AES-256-GCM. */
    GCM('g', "mk1/gcm/", AesGcm::new),
    /** AES-256-GCM-SIV. */
    GCM_SIV('s', "mk1/gcm-siv/", AesGcmSiv::new);

    private final char letter;
    private final String label;
    private final Function<byte[], Aead> cipher;

    CipherSuite(char letter, String label, Function<byte[], Aead> cipher) {
        this.letter = letter;
        this.label = label;
        this.cipher = cipher;
    }

    public static Optional<CipherSuite> of(char letter) {
        return Arrays.stream(values()).filter(each -> each.letter == letter).findFirst();
    }

    /** What stands before the encryption key's id in a token. */
    char letter() {
        return letter;
    }

    /** The cipher of one domain and generation of the index key. */
    public Aead open(KeysetKey key, String generation, String domain) {
        return cipher.apply(Hkdf.derive(key.material(), label + generation + "/" + domain, KeysetKey.LENGTH));
    }
}
