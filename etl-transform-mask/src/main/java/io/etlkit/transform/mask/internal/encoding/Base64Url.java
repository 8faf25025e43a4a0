package io.etlkit.transform.mask.internal.encoding;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** base64url without padding (RFC 4648, section 5). Strict: only one spelling of the same bytes is accepted. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private Base64Url() {}

    /** How many characters encode so many bytes. */
    public static int encodedLength(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    /** Encodes into {@code target} and returns the position after the text. */
    public static int encode(byte[] source, int from, int length, byte[] target, int at) {
        byte[] text = ENCODER.encode(Arrays.copyOfRange(source, from, from + length));
        System.arraycopy(text, 0, target, at, text.length);
        return at + text.length;
    }

    /** The text of some bytes. */
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** The bytes; empty when {@link #encode} would not write this text. */
    public static Optional<byte[]> decode(String text) {
        byte[] bytes;
        try {
            bytes = DECODER.decode(text);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        // The JDK also accepts padding and unused bits that are set.
        if (!encode(bytes).equals(text)) {
            Arrays.fill(bytes, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(bytes);
    }
}
