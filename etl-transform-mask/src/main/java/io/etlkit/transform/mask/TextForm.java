package io.etlkit.transform.mask;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The canonical form of text: normalised to NFC, white space at both ends removed, in UTF-8. */
final class TextForm {
    private TextForm() {}

    /** Puts the canonical form, and tells whether there is one: text with a lone surrogate has none. */
    static boolean put(String text, Bytes out) {
        if (isAscii(text)) {
            putAscii(text, out);
            return true;
        }
        if (hasLoneSurrogate(text)) {
            return false;
        }
        String form = Normalizer.normalize(text, Normalizer.Form.NFC);
        out.put(strip(form).getBytes(StandardCharsets.UTF_8));
        return true;
    }

    /** The text without Unicode white space at both ends. */
    static String strip(String text) {
        return text.substring(start(text), end(text));
    }

    private static void putAscii(String text, Bytes out) {
        int end = end(text);
        out.room(text.length());
        for (int i = start(text); i < end; i++) {
            out.put(text.charAt(i));
        }
    }

    private static int start(String text) {
        int start = 0;
        while (start < text.length() && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** The end, or, when there is nothing but white space, the start. */
    private static int end(String text) {
        int start = start(text);
        int end = text.length();
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Unicode's property White_Space, which Java's own two ideas of white space both differ from. */
    private static boolean isWhiteSpace(char c) {
        return (c >= 0x09 && c <= 0x0D)
                || c == 0x20
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }
}
