package io.etlkit.reveal.internal.audit;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.CanonicalJson;
import io.etlkit.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The chain of an audit log's lines: how a line is hashed, and whether a whole log is intact. */
final class AuditChain {
    private AuditChain() {}

    /**
     * What was found.
     *
     * @param lines how many lines were read
     * @param lastHash the hash of the last intact line; empty when there is none
     * @param problem what is wrong, with its line; empty when nothing is
     */
    record Finding(long lines, String lastHash, Optional<String> problem) {}

    /**
     * Checks a log from its first line on.
     *
     * @param known a hash that was noted earlier; a log that does not hold it was cut off
     */
    static Finding check(Path file, Optional<String> known) throws IOException {
        String previous = "";
        boolean knownSeen = known.isEmpty();
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                number++;
                Optional<String> hash = hashOf(line);
                if (hash.isEmpty()) {
                    return new Finding(
                            number,
                            previous,
                            Optional.of("line " + number + ": it was changed: its hash does not fit"));
                }
                if (!previousOf(line).equals(previous)) {
                    return new Finding(number, previous, Optional.of(wrongPlace(number)));
                }
                previous = hash.get();
                knownSeen |= known.equals(hash);
                line = lines.readLine();
            }
        }
        if (number > 0 && !endsWithLineEnd(file)) {
            return new Finding(number, previous, Optional.of("line " + number + ": its end was cut off"));
        }
        return new Finding(
                number,
                previous,
                knownSeen
                        ? Optional.empty()
                        : Optional.of("no line has the hash " + known.orElse("") + ": lines were cut off the end"));
    }

    private static String wrongPlace(long number) {
        return number == 1
                ? "line 1: lines before it were taken out, or it was moved"
                : "line " + number + ": it does not follow line " + (number - 1)
                        + ": a line was taken out, put in or moved";
    }

    private static boolean endsWithLineEnd(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(bytes.length() - 1);
            return bytes.read() == '\n';
        }
    }

    /** The hash that a line names; empty when it does not fit the line, or the line is spelled otherwise than written. */
    static Optional<String> hashOf(String line) {
        try {
            return JsonReader.read(line) instanceof ObjectValue entry
                    ? text(entry, "hash")
                            .filter(hash -> hash(entry.without("hash")).equals(hash))
                            .filter(hash -> CanonicalJson.text(entry).equals(line))
                    : Optional.empty();
        } catch (RejectedException | IllegalArgumentException odd) {
            return Optional.empty();
        }
    }

    private static String previousOf(String line) {
        return JsonReader.read(line) instanceof ObjectValue entry
                ? text(entry, "previous").orElse("missing")
                : "missing";
    }

    private static Optional<String> text(ObjectValue entry, String field) {
        return entry.get(field).filter(TextValue.class::isInstance).map(value -> ((TextValue) value).value());
    }

    static String hash(ObjectValue withoutHash) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(CanonicalJson.bytes(withoutHash)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
    }
}
