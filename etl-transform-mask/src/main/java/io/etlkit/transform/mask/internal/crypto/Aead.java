package io.etlkit.transform.mask.internal.crypto;

import java.util.Optional;

/** Authenticated encryption under one key, with nonces of 12 bytes and tags of 16. Used by one thread at a time. */
public interface Aead {
    int NONCE = 12;
    int TAG = 16;

    /**
     * Encrypts and writes ciphertext and tag to {@code out}.
     *
     * @param nonce holds the nonce in its first 12 bytes
     * @return how many bytes were written
     */
    int encrypt(byte[] nonce, byte[] aad, byte[] plaintext, int from, int length, byte[] out);

    /** The plaintext of a ciphertext with its tag; empty when the tag does not fit. */
    Optional<byte[]> decrypt(byte[] nonce, byte[] aad, byte[] ciphertext);
}
