package io.etlkit.transform.mask.internal.type;

/**
 * UUIDs as text and as 16 bytes (RFC 9562, section 4). Reading is strict: 32 hexadecimal digits in groups of 8, 4, 4, 4 and
 * 12, in either case. {@link java.util.UUID#fromString} takes groups of other lengths too.
 */
final class UuidText {
    static final int LENGTH = 16;

    private static final int CHARACTERS = 36;

    private UuidText() {}

    /** Writes the 16 bytes to {@code out}, and tells whether the text is a UUID. */
    static boolean parse(String text, byte[] out, int at) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        int nibbles = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            char c = text.charAt(i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return false;
                }
                continue;
            }
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return false;
            }
            int index = at + nibbles / 2;
            out[index] = (byte) (nibbles % 2 == 0 ? digit << 4 : out[index] | digit);
            nibbles++;
        }
        return true;
    }
}
