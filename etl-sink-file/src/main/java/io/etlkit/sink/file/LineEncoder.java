package io.etlkit.sink.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Encodes JSON texts as lines in UTF-8. A lone surrogate, which UTF-8 has no bytes for, becomes an escape of JSON's. */
final class LineEncoder {
    private LineEncoder() {}

    static ByteBuffer encode(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return ByteBuffer.wrap(escapeLoneSurrogates(text).getBytes(StandardCharsets.UTF_8));
    }

    /** In JSON text a surrogate can only stand inside a string, so an escape may stand in its place. */
    private static String escapeLoneSurrogates(CharSequence text) {
        if (text.codePoints().noneMatch(LineEncoder::isSurrogate)) {
            return text.toString();
        }
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (isSurrogate(codePoint)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04X", codePoint));
            } else {
                escaped.appendCodePoint(codePoint);
            }
        });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
