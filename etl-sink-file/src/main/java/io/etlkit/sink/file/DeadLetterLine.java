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
 * A line of a file of dead letters: a dead letter with its {@code version}, or the removal of one, which has the {@code
 * pipeline, id, since} of the dead letter and {@code removed}.
 *
 * @param letter the dead letter; for a removal only its pipeline and key are used
 * @param version the version of the line; its hash when it has none
 * @param removed the version of the line that this one removes; empty: this line is a dead letter
 */
record DeadLetterLine(DeadLetter letter, String version, Optional<String> removed) {
    private static final String VERSION = "version";
    private static final String REMOVED = "removed";

    /** The line of a dead letter. */
    static String of(DeadLetter letter, String version) {
        return JsonWriter.write(DeadLetterJson.of(letter).with(VERSION, Value.of(version)));
    }

    /** The line that removes a dead letter, if that is still the last line of its key. */
    static String removal(StoredDeadLetter stored) {
        DeadLetter letter = stored.letter();
        return JsonWriter.write(ObjectValue.builder()
                .put("pipeline", Value.of(letter.pipeline()))
                .put("id", Value.of(letter.key().id()))
                .put("since", Value.of(letter.key().since()))
                .put(REMOVED, Value.of(stored.version()))
                .build());
    }

    /** Reads a line; empty when it is neither a dead letter nor a removal. */
    static Optional<DeadLetterLine> read(byte[] line) {
        try {
            Value json = JsonReader.read(new String(line, StandardCharsets.UTF_8));
            return DeadLetterJson.read(json)
                    .map(letter -> new DeadLetterLine(
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

    /** When the record was rejected; meaningless for a removal. */
    Instant failedAt() {
        return letter.failedAt();
    }

    /** The dead letter as a store returns it. */
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
        return "DeadLetterLine[" + key().id() + "]";
    }
}
