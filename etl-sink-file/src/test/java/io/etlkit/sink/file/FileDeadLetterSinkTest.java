package io.etlkit.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.DeadLetterSinkContract;
import io.etlkit.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLetterSinkTest extends DeadLetterSinkContract {
    @TempDir
    private Path folder;

    @Override
    protected DeadLetterSink open(TestContext context) {
        return new FileDeadLetterSinkFactory()
                .create(new FileDeadLetterConfig(Path.of("dead.jsonl")), context.withBaseDirectory(folder));
    }

    /** Reads as documented: of two dead letters with one key, the later line counts. */
    @Override
    protected Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : lines()) {
            ObjectValue letter = (ObjectValue) JsonReader.read(line);
            reasons.put(text(letter, "id"), text(letter, "reason"));
        }
        return reasons;
    }

    @Test
    void writesADeadLetterAsDocumented() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(
                    letter("m1", "missing_field", new Sealed(new byte[] {-1, -2, -3, -4})),
                    letter("m2", "missing_field", new Clear(Value.of("{\"a\":1}"), Map.of("n", Value.of(1)))),
                    letter("m3", "missing_field", new Omitted())));
        }
        String start = "{\"pipeline\":\"test\",\"id\":\"";
        String end =
                "\",\"since\":\"2026-01-02T03:04:05.678Z\",\"stage\":\"transform\",\"step\":\"transforms[0].mask\","
                        + "\"reason\":\"missing_field\",\"field\":\"device.ip\",\"message\":\"what is wrong, in a sentence\","
                        + "\"attempts\":3,\"failedAt\":\"2026-01-02T03:05:05.678Z\"";
        List<String> versions = lines().stream()
                .map(line -> line.replaceAll(".*,\"version\":\"([\\w-]{16})\"}", "$1"))
                .toList();
        assertThat(versions).doesNotHaveDuplicates().allMatch(version -> version.length() == 16);
        assertThat(lines().stream().map(line -> line.replaceAll(",\"version\":.*", "}")))
                .containsExactly(
                        start + "m1" + end + ",\"original\":{\"sealed\":\"__79_A\"}}",
                        start + "m2" + end + ",\"original\":{\"body\":\"{\\\"a\\\":1}\",\"headers\":{\"n\":1}}}",
                        start + "m3" + end + "}");
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        open(TestContext.defaults()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("dead.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsExistingLines() throws InterruptedException {
        for (int run = 0; run < 3; run++) {
            try (DeadLetterSink sink = open(TestContext.defaults())) {
                sink.write(List.of(letter("run-" + run, "missing_field", new Omitted())));
            }
        }
        assertThat(reasons()).containsOnlyKeys("run-0", "run-1", "run-2");
    }

    private static String text(ObjectValue object, String name) {
        return ((TextValue) object.get(name).orElseThrow()).value();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(folder.resolve("dead.jsonl"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
