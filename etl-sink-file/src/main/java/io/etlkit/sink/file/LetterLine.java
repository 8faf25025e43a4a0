package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.OriginalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A line of a file of dead letters: a letter, or the removal of one.
 *
 * @param pipeline whose letter it is
 * @param key the message's name
 * @param version the line's own; a line that has none is known by its hash
 * @param removed the version of the line that this one removes; empty: it is a letter
 * @param json the whole line
 */
record LetterLine(String pipeline, RecordKey key, String version, Optional<String> removed, ObjectValue json) {
    /** Reads a line; empty when it is neither a letter nor a removal. */
    static Optional<LetterLine> read(byte[] line) {
        try {
            if (!(JsonReader.read(new String(line, StandardCharsets.UTF_8)) instanceof ObjectValue json)) {
                return Optional.empty();
            }
            Optional<String> pipeline = text(json, "pipeline");
            Optional<String> id = text(json, "id").filter(text -> !text.isEmpty());
            Optional<Instant> since = time(json, "since");
            if (pipeline.isEmpty() || id.isEmpty() || since.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new LetterLine(
                    pipeline.get(),
                    new RecordKey(id.get(), since.get()),
                    text(json, "version").orElseGet(() -> hash(line)),
                    text(json, "removed"),
                    json));
        } catch (RejectedException notJson) {
            return Optional.empty();
        }
    }

    /** When it was rejected; a removal was not. */
    Instant failedAt() {
        return time(json, "failedAt").orElse(Instant.EPOCH);
    }

    /** The letter; what somebody changed by hand is put down as well as it can be. */
    StoredDeadLetter letter(Instant firstFailedAt) {
        return new StoredDeadLetter(
                new DeadLetter(
                        pipeline,
                        key,
                        text(json, "stage").flatMap(Stage::ofLabel).orElse(Stage.SINK),
                        text(json, "step"),
                        rejection(),
                        json.get("attempts").orElse(Value.ofNull()) instanceof NumberValue number
                                ? number.value().intValue()
                                : 1,
                        failedAt(),
                        original()),
                firstFailedAt,
                version);
    }

    private Rejection rejection() {
        String message = text(json, "message").orElse("");
        try {
            return new Rejection(
                    text(json, "reason").orElse("unreadable"),
                    text(json, "field").map(FieldPath::parse),
                    message);
        } catch (IllegalArgumentException odd) {
            return Rejection.of("unreadable", message);
        }
    }

    private DeadLetter.Original original() {
        Value original = json.get("original").orElse(Value.ofNull());
        Optional<String> sealed = original instanceof ObjectValue object ? text(object, "sealed") : Optional.empty();
        if (sealed.isEmpty()) {
            return OriginalJson.read(original)
                    .<DeadLetter.Original>map(clear -> clear)
                    .orElseGet(DeadLetter.Omitted::new);
        }
        try {
            return new DeadLetter.Sealed(Base64.getUrlDecoder().decode(sealed.get()));
        } catch (IllegalArgumentException odd) {
            return new DeadLetter.Sealed(new byte[0]);
        }
    }

    private static Optional<String> text(ObjectValue json, String name) {
        return json.get(name).orElse(Value.ofNull()) instanceof TextValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private static Optional<Instant> time(ObjectValue json, String name) {
        try {
            return text(json, name).map(Instant::parse);
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
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
        return "LetterLine[" + key.id() + "]";
    }
}
