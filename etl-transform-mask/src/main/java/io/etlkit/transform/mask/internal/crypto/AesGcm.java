package io.etlkit.transform.mask.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under one key with a tag of 16 bytes (NIST SP 800-38D). Used by one thread at a time.
 *
 * <p>A caller may encrypt twice under one nonce only when plaintext and associated data are the same too: the synthetic
 * nonce of a token is made of all of them.
 */
public final class AesGcm implements Aead {
    private final SecretKeySpec key;
    private final Cipher encryption;
    private final Cipher decryption;
    private final byte[] lastNonce = new byte[NONCE];
    private boolean used;

    /** Takes the key and wipes it. */
    public AesGcm(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
        try {
            encryption = Cipher.getInstance("AES/GCM/NoPadding");
            decryption = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no AES/GCM/NoPadding", missing);
        }
    }

    @Override
    public int encrypt(byte[] nonce, byte[] aad, byte[] plaintext, int from, int length, byte[] out) {
        try {
            if (used && Arrays.equals(nonce, 0, NONCE, lastNonce, 0, NONCE)) {
                forgetLastNonce();
            }
            encryption.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce, 0, NONCE));
            System.arraycopy(nonce, 0, lastNonce, 0, NONCE);
            used = true;
            encryption.updateAAD(aad);
            return encryption.doFinal(plaintext, from, length, out, 0);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(
                    "AES-GCM failed with " + failed.getClass().getName());
        }
    }

    /**
     * The providers refuse the nonce of the last encryption, and equal values have equal ones. They remember the last only,
     * so an encryption that is begun and never ended makes them forget it.
     */
    private void forgetLastNonce() throws GeneralSecurityException {
        lastNonce[0] ^= 1;
        encryption.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, lastNonce));
    }

    @Override
    public Optional<byte[]> decrypt(byte[] nonce, byte[] aad, byte[] ciphertext) {
        if (ciphertext.length < TAG) {
            return Optional.empty();
        }
        try {
            decryption.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce, 0, NONCE));
            decryption.updateAAD(aad);
            return Optional.of(decryption.doFinal(ciphertext));
        } catch (AEADBadTagException bad) {
            return Optional.empty();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(
                    "AES-GCM failed with " + failed.getClass().getName());
        }
    }
}
