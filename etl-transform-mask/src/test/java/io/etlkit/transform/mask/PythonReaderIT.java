package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.Revealer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader under {@code examples/}, which shares no code with this module, reads its tokens. Skipped without Python; {@code .ci/run} asks for it. */
class PythonReaderIT {
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
    }

    @Test
    void hasThirtyLinesBesidesAes() throws IOException {
        assertThat(Files.readAllLines(SCRIPT))
                .filteredOn(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .hasSizeLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("domains")
    void revealsTheGoldenTokens(String domain) throws Exception {
        List<String> tokens = Stream.concat(
                        Vectors.positives().stream()
                                .filter(vector -> vector.domain().equals(domain))
                                .map(Vectors.Positive::token),
                        Vectors.randoms().stream()
                                .filter(vector -> vector.domain().equals(domain))
                                .map(Vectors.Random::token))
                .toList();
        Revealer revealer = Revealer.open(Vectors.keyset());
        StringBuilder values = new StringBuilder();
        for (String token : tokens) {
            values.append(revealer.reveal(token, domain).value()).append('\n');
        }
        assertThat(read(Vectors.keyset(), domain, tokens)).isEqualTo(new Reading(0, values.toString(), ""));
    }

    static Set<String> domains() {
        return Vectors.positives().stream().map(Vectors.Positive::domain).collect(Collectors.toSet());
    }

    @Test
    void revealsTokensOfRotatedKeys() throws Exception {
        Reading ip = new Reading(0, "203.0.113.9\n", "");
        assertThat(read(Vectors.encRotated(), "ip", List.of(Vectors.in("encRotated", "token"))))
                .isEqualTo(ip);
        assertThat(read(Vectors.onion(), "ip", List.of(Vectors.in("onion", "token"))))
                .isEqualTo(ip);
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void refusesWhatEtlkitRefusesWithTheSameCode(Vectors.Negative vector) throws Exception {
        assertThat(read(Vectors.keyset(), vector.domain(), List.of(vector.token())))
                .isEqualTo(new Reading(1, "", vector.result() + "\n"));
    }

    @Test
    void saysThatItReadsNoGcmSiv() throws Exception {
        assertThat(read(Vectors.keyset(), "ip", List.of(Vectors.named("ip").sivToken())))
                .isEqualTo(new Reading(1, "", "aes-gcm-siv, which is not read here\n"));
    }

    static List<Vectors.Negative> negatives() {
        return Vectors.negatives();
    }

    private record Reading(int exitCode, String output, String errors) {}

    private Reading read(Keyset keyset, String domain, List<String> tokens) throws IOException, InterruptedException {
        Path keys = Files.writeString(folder.resolve("keys.json"), Vectors.json(keyset));
        Path input = Files.write(folder.resolve("tokens"), tokens);
        Path output = folder.resolve("values");
        Path errors = folder.resolve("errors");
        ProcessBuilder python = new ProcessBuilder("python3", "-B", SCRIPT.toString(), keys.toString(), domain)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        python.environment().put("PYTHONIOENCODING", "utf-8");
        int exitCode = python.start().waitFor();
        return new Reading(exitCode, Files.readString(output), Files.readString(errors));
    }
}
