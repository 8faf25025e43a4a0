package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private static final Path BAD = Path.of("src/test/resources/bad");

    private static final String GOOD = """
            name: logins
            source: { memory: { queue: q } }
            sink: { memory: { table: t, password: '${safe:whatever}' } }
            """;

    @TempDir
    private Path folder;

    /** Each file's messages stand beside it, as a user sees them. */
    @TestFactory
    Stream<DynamicTest> messages() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(BAD)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Path expected = Path.of(file.toString().replace(".yaml", ".txt"));
                    Etl etl = Etl.run(Map.of("LANES", "many"), "validate", file.toString());
                    String shown = etl.err().replace(BAD + "/", "");
                    if (Boolean.getBoolean("golden.write")) {
                        Files.writeString(expected, shown);
                    }
                    assertThat(shown).isEqualTo(Files.readString(expected));
                    assertThat(etl.exitCode()).isEqualTo(2);
                    assertThat(etl.out()).isEmpty();
                }));
    }

    @Test
    void aGoodFileIsOkAndNoSecretIsLookedUp() throws IOException {
        Path file = write("good.yaml", GOOD);
        assertThat(Etl.run("validate", "--strict", file.toString())).isEqualTo(new Etl(0, file + ": ok\n", ""));
    }

    @Test
    void severalFilesAreCheckedInOneGo() throws IOException {
        Path good = write("good.yaml", GOOD);
        Path bad = write("bad.yaml", GOOD.replace("queue", "quue"));
        Etl etl = Etl.run("validate", good.toString(), bad.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.out()).isEqualTo(good + ": ok\n");
        assertThat(etl.err().lines()).hasSize(2).allMatch(line -> line.startsWith(bad + ":2:"));
    }

    @Test
    void problemsAsJson() throws IOException {
        Path bad = write("bad.yaml", GOOD.replace("queue: q", "queue: q, quue: x"));
        Etl etl = Etl.run("validate", "--json", bad.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err()).isEmpty();
        ObjectValue report = (ObjectValue) JsonReader.read(etl.out());
        ObjectValue problem = (ObjectValue)
                ((ListValue) report.get("problems").orElseThrow()).values().get(0);
        assertThat(problem.names()).containsExactly("file", "line", "column", "path", "message");
        assertThat(problem.get("path")).contains(new TextValue("source.memory.quue"));
        assertThat(Etl.run("validate", "--json", write("good.yaml", GOOD).toString()))
                .isEqualTo(new Etl(0, "{\"problems\":[]}\n", ""));
    }

    @Test
    void warningsAreErrorsWhenStrict() throws IOException {
        Path file = write("warned.yaml", """
                name: logins
                source: { memory: { queue: q } }
                sink: { memory: { table: t, password: hunter2 } }
                onReject: drop
                deadLetter: { memory: { table: letters } }
                """);
        Etl relaxed = Etl.run("validate", file.toString());
        assertThat(relaxed.exitCode()).isZero();
        Etl strict = Etl.run("validate", "--strict", file.toString());
        assertThat(strict.exitCode()).isEqualTo(3);
        assertThat(strict.err().lines())
                .containsExactly(
                        file + ":3:29: sink.memory.password: a secret stands in the file itself; take it from"
                                + " ${file:PATH} or ${env:NAME}",
                        file + ":5:1: deadLetter: is of no use: onReject says drop");
    }

    @Test
    void aStepThatHidesWhereAPersonalFieldGoesIsAWarning() throws IOException {
        Path file = write("hidden.yaml", """
                name: logins
                pii: [ip]
                source: { memory: { queue: q } }
                transforms:
                  - flatten: {}
                sink: { memory: { table: t } }
                """);
        assertThat(Etl.run("validate", file.toString()))
                .isEqualTo(new Etl(
                        0,
                        file + ": ok\n",
                        file
                                + ":2:1: pii: what transforms[0].flatten does to fields is not declared, so from there on only"
                                + " the run-time guard looks for personal values (a warning)\n"));
    }

    @Test
    void aDeprecatedOptionIsAWarning() throws IOException {
        Path file = write("deprecated.yaml", """
                name: logins
                source: { memory: { topic: q, pollSize: 10 } }
                sink: { memory: { table: t } }
                """);
        assertThat(Etl.run("validate", file.toString()))
                .isEqualTo(new Etl(
                        0,
                        file + ": ok\n",
                        file + ":2:31: source.memory.pollSize: is deprecated; use batch.maxRecords (a warning)\n"));
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}
