package io.etlkit.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file of four dead letters, and a pipeline that keeps them: no server is needed. */
abstract class DeadLettersFixture {
    static final String SECRET = "203.0.113.9";
    static final List<String> LETTERS = List.of(
            letter(
                            "m1",
                            "01",
                            "transform",
                            ",\"step\":\"transforms[0].require\"",
                            "missing_field",
                            ",\"field\":\"user\"")
                    + ",\"original\":{\"body\":\"{\\\"age\\\":1,\\\"ip\\\":\\\"" + SECRET
                    + "\\\"}\",\"headers\":{\"sentAt\":\"2026-01-02T03:00:01Z\"},"
                    + "\"kinds\":{\"headers\":{\"sentAt\":\"timestamp\"}}},\"version\":\"v1\"}",
            letter("m2", "02", "decode", "", "malformed_json", "")
                    + ",\"original\":{\"body\":\"no JSON\\u001b[2J\",\"headers\":{}},\"version\":\"v2\"}",
            letter(
                            "m3",
                            "03",
                            "transform",
                            ",\"step\":\"transforms[0].require\"",
                            "missing_field",
                            ",\"field\":\"user\"")
                    + ",\"original\":{\"sealed\":\"AAAA\"},\"version\":\"v3\"}",
            letter("m4", "04", "sink", "", "too_long", ",\"field\":\"device\"") + ",\"version\":\"v4\"}");

    @TempDir
    Path folder;

    Path file = Path.of("");

    @BeforeEach
    void writeLetters() throws IOException {
        Files.write(folder.resolve("dead.jsonl"), LETTERS);
        file = pipeline("dead-letters", "[{ require: { fields: [user] } }]", "");
    }

    private static String letter(String id, String second, String stage, String step, String reason, String field) {
        return "{\"pipeline\":\"logins\",\"id\":\"" + id + "\",\"since\":\"2026-01-02T03:00:" + second
                + "Z\",\"stage\":\"" + stage + "\"" + step + ",\"reason\":\"" + reason + "\"" + field
                + ",\"message\":\"what is wrong\",\"attempts\":2,\"failedAt\":\"2026-01-02T04:00:" + second + "Z\"";
    }

    Path pipeline(String table, String transforms, String more) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                name: logins
                source: { memory: { queue: missing } }
                transforms: %s
                sink: { memory: { table: %s } }
                deadLetter: { original: clear, file: { path: dead.jsonl } }
                %s
                """.formatted(transforms, table, more));
    }
}
