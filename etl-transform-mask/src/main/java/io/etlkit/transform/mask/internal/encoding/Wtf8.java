package io.etlkit.transform.mask.internal.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that also carries lone surrogates, each as the three bytes that its number would have; text without one gives plain
 * UTF-8. The format is known as WTF-8. A message that is kept because it is broken must come back as broken as it was.
 */
public final class Wtf8 {
    private Wtf8() {}

    public static byte[] encode(String text) {
        Bytes out = new Bytes(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                out.put(c);
            } else if (c < 0x800) {
                out.put(0xC0 | (c >>> 6)).put(continuation(c));
            } else if (c < 0x10000) {
                out.put(0xE0 | (c >>> 12)).put(continuation(c >>> 6)).put(continuation(c));
            } else {
                out.put(0xF0 | (c >>> 18))
                        .put(continuation(c >>> 12))
                        .put(continuation(c >>> 6))
                        .put(continuation(c));
            }
        });
        byte[] encoded = out.toArray();
        out.wipeFrom(0);
        return encoded;
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 63);
    }

    /** The text of bytes that {@link #encode} wrote; other bytes are an error. */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        StringBuilder text = new StringBuilder(bytes.length);
        int start = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xE0) == 0xA0) {
                text.append(decodeUtf8(bytes, start, i));
                text.append((char) (0xD000 | ((bytes[i + 1] & 63) << 6) | (bytes[i + 2] & 63)));
                start = i + 3;
                i += 2;
            }
        }
        return text.append(decodeUtf8(bytes, start, bytes.length)).toString();
    }

    private static CharSequence decodeUtf8(byte[] bytes, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    }
}
