package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.RejectedException;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.json.OriginalJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a dead letter's row keeps of the original.
 *
 * @param bytes the sealed bytes, or the body and the headers as a JSON object in UTF-8; empty when it is omitted
 */
record KeptOriginal(Optional<byte[]> bytes) {
    static KeptOriginal of(DeadLetter.Original original) {
        if (original instanceof DeadLetter.Sealed sealed) {
            return new KeptOriginal(Optional.of(sealed.bytes()));
        }
        if (original instanceof DeadLetter.Clear clear) {
            return new KeptOriginal(Optional.of(utf8(JsonWriter.write(OriginalJson.of(clear)))));
        }
        return new KeptOriginal(Optional.empty());
    }

    /** The original again; what was changed by hand so that it can not be read counts as omitted. */
    DeadLetter.Original read(String form) {
        if (bytes.isPresent() && form.equals("sealed")) {
            return new DeadLetter.Sealed(bytes.get());
        }
        return bytes.filter(kept -> form.equals("clear"))
                .flatMap(KeptOriginal::clear)
                .<DeadLetter.Original>map(original -> original)
                .orElseGet(DeadLetter.Omitted::new);
    }

    private static Optional<DeadLetter.Clear> clear(byte[] json) {
        try {
            return OriginalJson.read(JsonReader.read(new String(json, StandardCharsets.UTF_8)));
        } catch (RejectedException notJson) {
            return Optional.empty();
        }
    }

    /** As a column of text takes it: a dead letter is never refused for a character in a name. */
    static String storable(String text) {
        return withoutLoneSurrogates(text.replace('\0', '\uFFFD'));
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

    private static String withoutLoneSurrogates(String text) {
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
