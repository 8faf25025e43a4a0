package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.crypto.HmacSha256;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.util.List;

/**
 * Makes the fingerprints of a domain's values under one generation of the index key: the first 16 bytes of an HMAC-SHA256
 * over the domain, the type and the canonical form; where the generation lies over others, through theirs first. Used by one
 * thread at a time.
 */
public final class Fingerprinter {
    public static final int LENGTH = 16;

    private final HmacSha256 root;
    private final KeyGenerations layers;
    private final Bytes rootMessage;
    private final int lengthAt;
    private final byte[] result = new byte[HmacSha256.LENGTH];

    /** For the keys of one generation, its root first, each of the others laid over the one before. */
    public Fingerprinter(List<KeysetKey> chain, String domain) {
        byte[] name = Ascii.bytes(domain);
        root = new HmacSha256(Hkdf.derive(chain.get(0).material(), "mk1/idx/" + domain, 32));
        layers = new KeyGenerations(chain.subList(1, chain.size()), domain);
        rootMessage = new Bytes(512).putLengthPrefixed(Ascii.bytes("mk1")).putLengthPrefixed(name);
        lengthAt = rootMessage.length();
    }

    /** Starts a value, and gives where its type tag and canonical form are to be put, from {@link #start()} on. */
    Bytes begin() {
        rootMessage.truncate(lengthAt);
        return rootMessage.putInt(0);
    }

    /** What {@link #begin()} gave. */
    Bytes message() {
        return rootMessage;
    }

    /** Where in {@link #message()} the type tag stands. */
    int start() {
        return lengthAt + 4;
    }

    /** The fingerprint of what was put, in the first 16 bytes of an array that the next call overwrites. */
    byte[] finish() {
        rootMessage.setInt(lengthAt, rootMessage.length() - start());
        root.compute(rootMessage.array(), rootMessage.length(), result);
        layers.raise(result);
        return result;
    }

    /** Overwrites the values that are still in memory here. */
    void wipe() {
        rootMessage.wipeFrom(lengthAt);
    }
}
