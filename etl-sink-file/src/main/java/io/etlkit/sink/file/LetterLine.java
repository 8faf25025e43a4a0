package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A line of a file of dead letters: a letter with its {@code version}, or the removal of one, which has the letter's {@code
 * pipeline, id, since} and {@code removed}.
 *
 * @param letter the letter; of a removal, its pipeline and key count
 * @param version the line's own; a line that has none is known by its hash
 * @param removed the version of the line that this one removes; empty: it is a letter
 */
record LetterLine(DeadLetter letter, String version, Optional<String> removed) {
    private static final String VERSION = "version";
    private static final String REMOVED = "removed";

    /** The line of a letter. */
    static String of(DeadLetter letter, String version) {
        return JsonWriter.write(DeadLetterJson.of(letter).with(VERSION, Value.of(version)));
    }

    /** The line that removes the letter of another one, as long as that is the last of its key. */
    static String removal(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return JsonWriter.write(ObjectValue.builder()
                .put("pipeline", Value.of(letter.pipeline()))
                .put("id", Value.of(letter.key().id()))
                .put("since", Value.of(letter.key().since()))
                .put(REMOVED, Value.of(stored.version()))
                .build());
    }

    /** Reads a line; empty when it is neither a letter nor a removal. */
    static Optional<LetterLine> read(byte[] line) {
        try {
            Value json = JsonReader.read(new String(line, StandardCharsets.UTF_8));
            return DeadLetterJson.read(json)
                    .map(letter -> new LetterLine(
                            letter, text(json, VERSION).orElseGet(() -> hash(line)), text(json, REMOVED)));
        } catch (RejectedException notJson) {
            return Optional.empty();
        }
    }

    String pipeline() {
        return letter.pipeline();
    }

    RecordKey key() {
        return letter.key();
    }

    /** When it was rejected; a removal was not. */
    Instant failedAt() {
        return letter.failedAt();
    }

    /** The letter as a store has it. */
    StoredDeadLetter letter(Instant firstFailedAt) {
        return new StoredDeadLetter(letter, firstFailedAt, version);
    }

    private static Optional<String> text(Value json, String name) {
        return json instanceof ObjectValue object && object.get(name).orElse(Value.ofNull()) instanceof TextValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static String hash(byte[] line) {
        try {
            return Base64.getUrlEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "LetterLine[" + key().id() + "]";
    }
}
