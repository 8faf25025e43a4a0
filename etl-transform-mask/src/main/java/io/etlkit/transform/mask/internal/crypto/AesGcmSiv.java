package io.etlkit.transform.mask.internal.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-256-GCM-SIV (RFC 8452) under one key. Two values under one nonce do no harm, so it outlasts {@link AesGcm}. */
public final class AesGcmSiv implements Aead {
    private final KeyParameter key;
    private final GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();

    /** Takes the key and wipes it. */
    public AesGcmSiv(byte[] key) {
        this.key = new KeyParameter(key);
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public int encrypt(byte[] nonce, byte[] aad, byte[] plaintext, int from, int length, byte[] out) {
        cipher.init(true, parameters(nonce, aad));
        cipher.processBytes(plaintext, from, length, out, 0);
        try {
            return cipher.doFinal(out, 0);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException(
                    "AES-GCM-SIV failed with " + impossible.getClass().getName());
        }
    }

    @Override
    public Optional<byte[]> decrypt(byte[] nonce, byte[] aad, byte[] ciphertext) {
        if (ciphertext.length < TAG) {
            return Optional.empty();
        }
        cipher.init(false, parameters(nonce, aad));
        byte[] plaintext = new byte[ciphertext.length - TAG];
        cipher.processBytes(ciphertext, 0, ciphertext.length, plaintext, 0);
        try {
            cipher.doFinal(plaintext, 0);
            return Optional.of(plaintext);
        } catch (InvalidCipherTextException bad) {
            return Optional.empty();
        }
    }

    private AEADParameters parameters(byte[] nonce, byte[] aad) {
        return new AEADParameters(key, TAG * 8, Arrays.copyOf(nonce, NONCE), aad);
    }
}
