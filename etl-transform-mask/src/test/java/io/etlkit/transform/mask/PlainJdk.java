package io.etlkit.transform.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The primitives of the formats, from the JDK and by their standards, sharing no code with what makes tokens and seals. */
public final class PlainJdk {
    private PlainJdk() {}

    /** HKDF of RFC 5869 with SHA-256, without salt, of 32 bytes. */
    public static byte[] hkdf(byte[] key, String info) throws GeneralSecurityException {
        byte[] extracted = mac(new byte[32], key);
        return mac(extracted, (info + "\1").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    /** AES-256-GCM; throws when the tag does not fit. */
    public static byte[] decrypt(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(aad);
        return cipher.doFinal(ciphertext);
    }
}
