package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader under {@code examples/}, which shares no code with this module, reads its tokens. Skipped without Python. */
class PythonReaderTest {
    private static final Path SCRIPT = Path.of("../examples/python-reader/reveal.py");

    @TempDir
    Path folder;

    @BeforeEach
    void needPython() throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "python3"))),
                "python3 is not on the PATH");
        assertThat(SCRIPT).isRegularFile();
        Files.writeString(folder.resolve("keys.json"), Vectors.keysetJson());
    }

    @Test
    void revealsTheGoldenTokens() throws Exception {
        for (String domain : List.of("ip", "device_id")) {
            List<Vectors.Positive> vectors = Vectors.positives().stream()
                    .filter(vector -> vector.domain().equals(domain))
                    .toList();
            Revealer revealer = Revealer.open(Vectors.keyset());
            StringBuilder values = new StringBuilder();
            for (Vectors.Positive vector : vectors) {
                values.append(revealer.reveal(vector.token(), domain).value()).append('\n');
            }
            Reading reading =
                    read(domain, vectors.stream().map(Vectors.Positive::token).toList());
            assertThat(reading).isEqualTo(new Reading(0, values.toString()));
        }
    }

    @Test
    void revealsTokensOfRotatedKeys() throws Exception {
        assertThat(read("ip", List.of(Vectors.in("encRotated", "token"), Vectors.in("onion", "token"))))
                .isEqualTo(new Reading(0, "203.0.113.9\n203.0.113.9\n"));
    }

    @Test
    void revealsWhatWasMaskedAsUuidAndEmail() throws Exception {
        String uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        List<String> tokens = Stream.of(List.of("uuid", uuid), List.of("email", "J\u00f6rg@EXAMPLE.org."))
                .map(typed -> Masking.ofValue("aes-gcm", typed.get(0), "d").text(typed.get(1)))
                .toList();
        assertThat(read("d", tokens)).isEqualTo(new Reading(0, uuid + "\nJ\u00f6rg@example.org\n"));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void refusesWhatWasChanged(Vectors.Negative vector) throws Exception {
        assertThat(read(vector.domain(), List.of(vector.token()))).isEqualTo(new Reading(1, ""));
    }

    /** The vectors' file for the reader holds the key that one of them is to miss. */
    static List<Vectors.Negative> negatives() {
        return Vectors.negatives().stream()
                .filter(vector -> vector.result() != RevealException.Code.UNKNOWN_KEY)
                .toList();
    }

    private record Reading(int exitCode, String output) {}

    private Reading read(String domain, List<String> tokens) throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("tokens"), tokens);
        Path output = folder.resolve("values");
        ProcessBuilder python = new ProcessBuilder(
                        "python3",
                        "-B",
                        SCRIPT.toString(),
                        folder.resolve("keys.json").toString(),
                        domain)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile());
        python.environment().put("PYTHONIOENCODING", "utf-8");
        int exitCode = python.start().waitFor();
        return new Reading(exitCode, Files.readString(output));
    }
}
