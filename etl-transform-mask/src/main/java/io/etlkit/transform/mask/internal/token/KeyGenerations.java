package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.crypto.HmacSha256;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The index keys that lie over a generation: they make the fingerprints of their own generation out of those of the one
 * below, without the value. Used by one thread at a time.
 */
public final class KeyGenerations {
    private final List<HmacSha256> layers = new ArrayList<>();
    private final Bytes message;
    private final int innerAt;

    /** For keys of which each is laid over the one before, the lowest first. */
    public KeyGenerations(List<KeysetKey> keys, String domain) {
        for (KeysetKey key : keys) {
            layers.add(new HmacSha256(Hkdf.derive(key.material(), "mk1/onion/" + domain, 32)));
        }
        byte[] name = Ascii.bytes(domain);
        message = new Bytes(64 + name.length)
                .putLengthPrefixed(Ascii.bytes("mk1/onion"))
                .putLengthPrefixed(name)
                .putInt(Fingerprinter.LENGTH);
        innerAt = message.length();
    }

    /** Replaces the fingerprint in the first 16 bytes of an array of 32. */
    public void raise(byte[] fingerprint) {
        for (HmacSha256 layer : layers) {
            message.truncate(innerAt);
            message.put(fingerprint, 0, Fingerprinter.LENGTH);
            layer.compute(message.array(), message.length(), fingerprint);
        }
    }
}
