package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.security.SecureRandom;

/**
 * Writes the tokens of {@code aes-gcm-random} for one domain and encryption key: each has a random nonce, so equal values
 * have different tokens. Used by one thread at a time.
 *
 * <p>For each value: put its type tag and canonical form into {@link #begin()}, and then ask for the token.
 */
public final class RandomTokenWriter {
    /** Random bytes are drawn in blocks: a call of the generator costs more than the bytes. */
    private static final int NONCES = 64;

    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[NONCES * Aead.NONCE];
    private final byte[] nonce = new byte[Aead.NONCE];
    private int pooled;

    private final Aead cipher;
    private final String head;
    private final byte[] associated;
    private final Bytes message = new Bytes(512);
    private final Bytes payload = new Bytes(512);

    public RandomTokenWriter(KeysetKey key, String domain) {
        cipher = cipher(key, domain);
        head = RandomTokenText.START + key.id();
        associated = associated(key.id(), domain);
    }

    public static Aead cipher(KeysetKey key, String domain) {
        return new AesGcm(Hkdf.derive(key.material(), "mk1/gcm-random/" + domain, KeysetKey.LENGTH));
    }

    /** The token before its last dot, a zero byte, the domain. */
    static byte[] associated(String keyId, String domain) {
        return Ascii.bytes(RandomTokenText.START + keyId + "\0" + domain);
    }

    /** Starts a value. */
    public Bytes begin() {
        message.truncate(0);
        return message;
    }

    /** The token. */
    public String token() {
        Padding.pad(message, 0);
        drawNonce();
        byte[] encrypted = new byte[message.length() + Aead.TAG];
        cipher.encrypt(nonce, associated, message.array(), 0, message.length(), encrypted);
        payload.truncate(0);
        payload.put(nonce).put(encrypted);
        return head + "." + Base64Url.encode(payload.toArray());
    }

    private void drawNonce() {
        if (pooled == 0) {
            random.nextBytes(pool);
            pooled = NONCES;
        }
        pooled--;
        System.arraycopy(pool, pooled * Aead.NONCE, nonce, 0, Aead.NONCE);
    }
}
