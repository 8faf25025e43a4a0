package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a dead letter's row keeps of the original.
 *
 * @param form {@code sealed}, {@code clear} or {@code omitted}
 * @param bytes the sealed bytes, or the body and the headers as a JSON object in UTF-8; empty when it is omitted
 */
record KeptOriginal(String form, Optional<byte[]> bytes) {
    static KeptOriginal of(DeadLetter.Original original) {
        if (original instanceof DeadLetter.Sealed sealed) {
            return new KeptOriginal("sealed", Optional.of(sealed.bytes()));
        }
        if (original instanceof DeadLetter.Clear clear) {
            Value value = ObjectValue.builder()
                    .put("body", clear.body())
                    .put("headers", Value.of(clear.headers()))
                    .build();
            return new KeptOriginal("clear", Optional.of(utf8(JsonWriter.write(value))));
        }
        return new KeptOriginal("omitted", Optional.empty());
    }

    /** Half a surrogate pair has no form in UTF-8; in JSON text it has, as an escape. */
    private static byte[] utf8(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (isLone(json, i)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String withoutLoneSurrogates(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(isLone(text, i) ? '\uFFFD' : text.charAt(i));
        }
        return out.toString();
    }

    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
