package io.etlkit.transform.mask.internal.crypto;

import io.etlkit.transform.mask.internal.encoding.Ascii;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 and no salt (RFC 5869). */
public final class Hkdf {
    private Hkdf() {}

    public static byte[] derive(byte[] key, String info, int length) {
        return derive(key, Ascii.bytes(info), length);
    }

    public static byte[] derive(byte[] key, byte[] info, int length) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(key, null, info));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        return derived;
    }
}
