package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real process does when it is told to end. */
class SignalIT {
    private static final String ENDLESS = """
            name: logins
            source: { memory: { queue: q, messages: ['{"a":1}', '{"a":2}'] } }
            sink: { memory: { table: t } }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalDrainsAndPrintsTheSummary(String signal, int exitCode) throws IOException, InterruptedException {
        Process process = start(ENDLESS);
        try {
            await("the pipeline runs")
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> read("err").contains("starting 1 lane"));
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exitCode);
            assertThat(read("out")).startsWith("{\"pipeline\":\"logins\",").hasLineCount(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anEndOfItsOwnAccordExitsWith0() throws IOException, InterruptedException {
        Process process = start(ENDLESS, "--limit", "2");
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(read("out")).contains("\"written\":2");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String yaml, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EtlCommand.class.getName(),
                "run",
                "--json"));
        command.addAll(List.of(options));
        command.add(file.toString());
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
