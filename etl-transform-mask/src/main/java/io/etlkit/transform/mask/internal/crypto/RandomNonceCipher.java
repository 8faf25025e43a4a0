package io.etlkit.transform.mask.internal.crypto;

import io.etlkit.transform.mask.internal.encoding.Ascii;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** Encrypts keys under a key, as {@code nonce12 ct tag} of AES-256-GCM with a random nonce. Used by one thread. */
public final class RandomNonceCipher {
    private final AesGcm cipher;
    private final SecureRandom random = new SecureRandom();

    /** Takes the key and wipes it. */
    public RandomNonceCipher(byte[] key) {
        cipher = new AesGcm(key);
    }

    /** Encrypts; {@code purpose} has to be the same to decrypt. */
    public byte[] seal(String purpose, byte[] plaintext) {
        byte[] nonce = new byte[AesGcm.NONCE];
        random.nextBytes(nonce);
        byte[] encrypted = new byte[plaintext.length + AesGcm.TAG];
        cipher.encrypt(nonce, Ascii.bytes(purpose), plaintext, 0, plaintext.length, encrypted);
        byte[] sealed = Arrays.copyOf(nonce, AesGcm.NONCE + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, AesGcm.NONCE, encrypted.length);
        return sealed;
    }

    /** Decrypts; empty when it is not intact, or for another purpose or key. */
    public Optional<byte[]> open(String purpose, byte[] sealed) {
        if (sealed.length < AesGcm.NONCE + AesGcm.TAG) {
            return Optional.empty();
        }
        byte[] encrypted = Arrays.copyOfRange(sealed, AesGcm.NONCE, sealed.length);
        return cipher.decrypt(sealed, Ascii.bytes(purpose), encrypted);
    }
}
