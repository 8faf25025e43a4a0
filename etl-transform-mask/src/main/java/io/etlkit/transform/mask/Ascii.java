package io.etlkit.transform.mask;

import java.nio.charset.StandardCharsets;

/** Text of ASCII characters, as bytes and back. */
final class Ascii {
    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
