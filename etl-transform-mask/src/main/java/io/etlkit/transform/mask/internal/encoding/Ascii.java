package io.etlkit.transform.mask.internal.encoding;

import java.nio.charset.StandardCharsets;

/** Text of ASCII characters, as bytes and back. */
public final class Ascii {
    private Ascii() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
