package io.etlkit.transform.mask.internal.type;

import io.etlkit.transform.mask.internal.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** The canonical form of text: normalised to NFC, white space at both ends removed, in UTF-8. */
public final class TextForm {
    private TextForm() {}

    /** The canonical form as text; empty when there is none: text with a lone surrogate has none. */
    static Optional<String> of(String text) {
        if (isAscii(text)) {
            return Optional.of(strip(text));
        }
        return hasLoneSurrogate(text)
                ? Optional.empty()
                : Optional.of(strip(Normalizer.normalize(text, Normalizer.Form.NFC)));
    }

    /** Puts a canonical form. */
    static void put(String form, Bytes out) {
        if (!isAscii(form)) {
            out.put(form.getBytes(StandardCharsets.UTF_8));
            return;
        }
        out.room(form.length());
        for (int i = 0; i < form.length(); i++) {
            out.put(form.charAt(i));
        }
    }

    /** The text without Unicode white space at both ends. */
    public static String strip(String text) {
        return text.substring(start(text), end(text));
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
    static boolean isWhiteSpace(char c) {
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
