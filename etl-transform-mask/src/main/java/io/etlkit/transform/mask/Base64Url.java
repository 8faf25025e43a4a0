package io.etlkit.transform.mask;

import java.util.Arrays;
import java.util.Optional;

/** base64url without padding (RFC 4648, section 5), strict: a second spelling of the same bytes is refused. */
final class Base64Url {
    private static final byte[] ALPHABET =
            Ascii.bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static final byte[] DIGITS = digits();

    private Base64Url() {}

    static int encodedLength(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    /** Encodes into {@code target}, and returns where the text ends there. */
    static int encode(byte[] source, int from, int length, byte[] target, int at) {
        int out = at;
        int end = from + length;
        int in = from;
        for (; in + 3 <= end; in += 3) {
            int bits = (source[in] & 0xff) << 16 | (source[in + 1] & 0xff) << 8 | (source[in + 2] & 0xff);
            target[out++] = ALPHABET[bits >>> 18];
            target[out++] = ALPHABET[bits >>> 12 & 63];
            target[out++] = ALPHABET[bits >>> 6 & 63];
            target[out++] = ALPHABET[bits & 63];
        }
        if (in < end) {
            int bits = (source[in] & 0xff) << 16 | (in + 1 < end ? (source[in + 1] & 0xff) << 8 : 0);
            target[out++] = ALPHABET[bits >>> 18];
            target[out++] = ALPHABET[bits >>> 12 & 63];
            if (in + 1 < end) {
                target[out++] = ALPHABET[bits >>> 6 & 63];
            }
        }
        return out;
    }

    static String encode(byte[] bytes) {
        byte[] text = new byte[encodedLength(bytes.length)];
        encode(bytes, 0, bytes.length, text, 0);
        return Ascii.text(text, text.length);
    }

    /** The bytes; empty when the text is none that {@link #encode} writes. */
    static Optional<byte[]> decode(String text) {
        int length = text.length();
        if (length % 4 == 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length * 3 / 4];
        int bits = 0;
        int out = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            if (digit < 0) {
                Arrays.fill(bytes, (byte) 0);
                return Optional.empty();
            }
            bits = bits << 6 | digit;
            int pending = (i + 1) * 6 - out * 8;
            if (pending >= 8) {
                bytes[out++] = (byte) (bits >>> (pending - 8));
            }
        }
        int unused = length * 6 - out * 8;
        if ((bits & ((1 << unused) - 1)) != 0) {
            Arrays.fill(bytes, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(bytes);
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            digits[ALPHABET[i]] = (byte) i;
        }
        return digits;
    }
}
