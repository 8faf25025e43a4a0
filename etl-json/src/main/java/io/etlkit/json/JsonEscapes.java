package io.etlkit.json;

import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Writes characters of a JSON text that a target can not take as escapes (RFC 8259, section 7), which mean the same to every
 * reader. Stateless, safe for any thread.
 */
public final class JsonEscapes {
    private JsonEscapes() {}

    /**
     * Half surrogate pairs as escapes: UTF-8 has no bytes for them.
     *
     * @param json a JSON text, or lines of them
     */
    public static String loneSurrogates(String json) {
        return escape(json, JsonEscapes::isSurrogate);
    }

    /**
     * The characters that are chosen as escapes. They must be ones that JSON has inside strings only.
     *
     * @param json a JSON text, or lines of them
     * @param chosen code points of the basic plane; a lone surrogate is one
     */
    public static String escape(String json, IntPredicate chosen) {
        if (json.codePoints().noneMatch(chosen)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 8);
        json.codePoints().forEach(character -> {
            if (chosen.test(character)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04X", character));
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    /** Whether a code point is half a surrogate pair; of a whole pair there is one code point, and it is none. */
    public static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
