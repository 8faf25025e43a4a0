package io.etlkit.sink.file;

import io.etlkit.json.JsonEscapes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes JSON texts as lines in UTF-8. A lone surrogate, which UTF-8 has no bytes for, becomes an escape of JSON's. */
final class LineEncoder {
    private LineEncoder() {}

    static ByteBuffer encode(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return ByteBuffer.wrap(JsonEscapes.loneSurrogates(text.toString()).getBytes(StandardCharsets.UTF_8));
    }
}
