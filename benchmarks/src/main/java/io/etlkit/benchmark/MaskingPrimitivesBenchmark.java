package io.etlkit.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * The part of a token's cost that the JDK sets: one HMAC and one GCM, on bytes as long as those of an address in the
 * domain {@code ip}; values a second.
 */
public class MaskingPrimitivesBenchmark extends MaskedLogins {
    private static final int NONCE = 12;

    private final byte[] message = new byte[34];
    private final byte[] plaintext = new byte[17];
    private final byte[] associated = "mk1.generat.fingerprint-of-22-char.gkeykey\0ip".getBytes(US_ASCII);
    private final byte[] nonce = new byte[NONCE];
    private final byte[] result = new byte[64];

    @SuppressWarnings("NullAway.Init") // set by openPrimitives
    private Mac mac;

    @SuppressWarnings("NullAway.Init") // set by openPrimitives
    private Cipher cipher;

    @SuppressWarnings("NullAway.Init") // set by openPrimitives
    private SecretKeySpec key;

    @Setup(Level.Trial)
    public void openPrimitives() throws GeneralSecurityException {
        key = new SecretKeySpec(new byte[32], "AES");
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    @Benchmark
    public byte[] hmac() throws GeneralSecurityException {
        putNumber(message);
        mac.update(message, 0, message.length);
        mac.doFinal(result, 0);
        return result;
    }

    /** Each time with another nonce, as GCM asks for. */
    @Benchmark
    public byte[] gcm() throws GeneralSecurityException {
        putNumber(nonce);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        cipher.doFinal(plaintext, 0, plaintext.length, result, 0);
        return result;
    }

    private void putNumber(byte[] bytes) {
        int number = next();
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >>> 8);
    }
}
