package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.RejectedException;
import io.etlkit.json.JsonEscapes;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.json.OriginalJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The original of a dead letter as its row stores it.
 *
 * @param bytes the sealed bytes, or the body and the headers as a JSON object in UTF-8; empty when it is omitted
 */
record StoredOriginal(Optional<byte[]> bytes) {
    static StoredOriginal of(DeadLetter.Original original) {
        if (original instanceof DeadLetter.Sealed sealed) {
            return new StoredOriginal(Optional.of(sealed.bytes()));
        }
        if (original instanceof DeadLetter.Clear clear) {
            return new StoredOriginal(Optional.of(utf8(JsonWriter.write(OriginalJson.of(clear)))));
        }
        return new StoredOriginal(Optional.empty());
    }

    /** The original that was stored; one that cannot be read, because somebody changed it, counts as omitted. */
    DeadLetter.Original read(String form) {
        if (bytes.isPresent() && form.equals("sealed")) {
            return new DeadLetter.Sealed(bytes.get());
        }
        return bytes.filter(kept -> form.equals("clear"))
                .flatMap(StoredOriginal::clear)
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

    /** Replaces what a text column cannot store, so that no dead letter is refused because of a character in a name. */
    static String storable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> character == 0 || JsonEscapes.isSurrogate(character) ? '\uFFFD' : character)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static byte[] utf8(String json) {
        return JsonEscapes.loneSurrogates(json).getBytes(StandardCharsets.UTF_8);
    }
}
