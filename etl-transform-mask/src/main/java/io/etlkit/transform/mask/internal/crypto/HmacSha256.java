package io.etlkit.transform.mask.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) under one key, used again for each message. Used by one thread at a time. */
public final class HmacSha256 {
    public static final int LENGTH = 32;

    private final Mac mac;

    /** Takes the key and wipes it. */
    public HmacSha256(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HmacSHA256", missing);
        }
        Arrays.fill(key, (byte) 0);
    }

    /** Writes the MAC's 32 bytes to {@code out}. */
    public void compute(byte[] message, int length, byte[] out) {
        try {
            mac.update(message, 0, length);
            mac.doFinal(out, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(
                    "HmacSHA256 failed with " + impossible.getClass().getName());
        }
    }
}
