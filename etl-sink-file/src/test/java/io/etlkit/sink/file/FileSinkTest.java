package io.etlkit.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.SinkContract;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest extends SinkContract {
    private static final FileSinkFactory FACTORY = new FileSinkFactory();

    @TempDir
    private Path folder;

    @Override
    protected Sink open(TestContext context) {
        return FACTORY.create(new FileSinkConfig(Path.of("out.jsonl"), true), context.withBaseDirectory(folder));
    }

    @Override
    protected String body(int number) {
        return "{\"number\":" + number + ",\"text\":\"line\\nbreak\"}";
    }

    @Override
    protected boolean knowsDuplicates() {
        return false;
    }

    @Override
    protected long stored() {
        List<String> lines = lines();
        lines.forEach(JsonReader::read);
        return lines.size();
    }

    @Test
    void writesOneJsonTextALine() throws InterruptedException {
        try (Sink sink = open(TestContext.defaults())) {
            sink.write(List.of(
                    TestRecords.json("a", "{\"name\":\"ü 日本 \uD83D\uDE00\", \"b\": [1, null]}"),
                    TestRecords.json("b", "\"two\\nlines\"")));
        }
        assertThat(lines()).containsExactly("{\"name\":\"ü 日本 \uD83D\uDE00\",\"b\":[1,null]}", "\"two\\nlines\"");
    }

    @Test
    void keepsALoneSurrogateThatUtf8CannotEncode() throws InterruptedException {
        Value body = ObjectValue.empty().with("broken", Value.of("x\uD800y"));
        try (Sink sink = open(TestContext.defaults())) {
            sink.write(List.of(TestRecords.json("a", "{}").withBody(body)));
        }
        assertThat(lines()).containsExactly("{\"broken\":\"x\\uD800y\"}");
        assertThat(JsonReader.read(lines().get(0))).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"torn\":\"li", "{", "\"ü"})
    void cutsOffALineThatACrashHasTorn(String torn) throws InterruptedException, IOException {
        Files.writeString(file(), "{\"whole\":1}\n" + torn);
        try (Sink sink = open(TestContext.defaults())) {
            assertThat(Files.readString(file())).isEqualTo("{\"whole\":1}\n");

            Files.writeString(file(), "{\"whole\":1}\n" + torn);
            sink.write(List.of(TestRecords.json("a", "{\"next\":2}")));
        }
        assertThat(lines()).containsExactly("{\"whole\":1}", "{\"next\":2}");
    }

    @Test
    void cutsOffATornLineThatIsLongerThanABlock() throws IOException {
        Files.writeString(file(), "1\n\"" + "x".repeat(200_000));

        open(TestContext.defaults()).close();

        assertThat(Files.readString(file())).isEqualTo("1\n");
    }

    @Test
    void cutsOffATornLineThatIsTheOnlyOne() throws IOException {
        Files.writeString(file(), "{\"torn");

        open(TestContext.defaults()).close();

        assertThat(file()).isEmptyFile();
    }

    @Test
    void endsACompleteLineThatAnotherProgramDidNotEnd() throws IOException {
        Files.writeString(file(), "{\"a\":1}\n{\"b\":2}");

        open(TestContext.defaults()).close();

        assertThat(Files.readString(file())).isEqualTo("{\"a\":1}\n{\"b\":2}\n");
    }

    @Test
    void startsANewFileWhenTheOldOneIsRotatedAway() throws InterruptedException, IOException {
        try (Sink sink = open(TestContext.defaults())) {
            sink.write(List.of(TestRecords.json("a", "1")));
            Files.move(file(), folder.resolve("out.jsonl.1"), StandardCopyOption.ATOMIC_MOVE);
            sink.write(List.of(TestRecords.json("b", "2")));
        }
        assertThat(folder.resolve("out.jsonl.1")).hasContent("1");
        assertThat(lines()).containsExactly("2");
    }

    @Test
    void failsAtStartWhenItCannotWrite() {
        FileSinkConfig config = new FileSinkConfig(Path.of("missing/out.jsonl"), true);
        TestContext context = TestContext.defaults().withBaseDirectory(folder);

        assertThatThrownBy(() -> FACTORY.create(config, context))
                .isInstanceOf(StartupException.class)
                .hasMessage("cannot write " + folder.resolve("missing/out.jsonl")
                        + ": the folder does not exist; the folder must exist, and folder and file must be writable");
    }

    @Test
    void failsTransientlyWhileTheFolderIsMissing() throws InterruptedException, IOException {
        try (Sink sink = open(TestContext.defaults())) {
            Files.delete(file());
            Files.delete(folder);
            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("a", "{\"ip\":\"10.0.0.1\"}"))))
                    .isInstanceOf(TransientException.class)
                    .hasMessage("cannot write " + file() + ": the folder does not exist");

            Files.createDirectory(folder);
            sink.write(List.of(TestRecords.json("a", "1")));
        }
        assertThat(lines()).containsExactly("1");
    }

    @Test
    void writesNothingAfterClose() {
        Sink sink = open(TestContext.defaults());
        sink.close();

        assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("a", "1"))))
                .isInstanceOf(TransientException.class)
                .hasMessageEndingWith(": it is closed");
        assertThat(lines()).isEmpty();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        try (Sink sink = open(TestContext.defaults())) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("a", "1"))))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void refusesAPathWithoutAFileName(String path) {
        assertThatThrownBy(() -> new FileSinkConfig(Path.of(path), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: must name a file");
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(EtlPlugin.class))
                .filteredOn(FilePlugin.class::isInstance)
                .singleElement()
                .satisfies(plugin -> {
                    assertThat(plugin.sinks()).singleElement().satisfies(sink -> {
                        assertThat(sink.name()).isEqualTo("file");
                        assertThat(sink.summary()).contains("at-least-once");
                        assertThat(sink.configType()).isEqualTo(FileSinkConfig.class);
                    });
                    assertThat(plugin.deadLetterSinks()).singleElement().satisfies(sink -> {
                        assertThat(sink.name()).isEqualTo("file");
                        assertThat(sink.configType()).isEqualTo(FileDeadLetterConfig.class);
                    });
                });
    }

    private Path file() {
        return folder.resolve("out.jsonl");
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
