package io.etlkit.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.testkit.DeadLetterStoreContract;
import io.etlkit.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeadLetterStoreTest extends DeadLetterStoreContract {
    private static final String LINE =
            "{\"pipeline\":\"test\",\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05Z\",\"stage\":\"sink\",\"reason\":\"r\","
                    + "\"message\":\"m\",\"attempts\":2,\"failedAt\":\"2026-01-02T03:05:05Z\"}\n";

    @TempDir
    private Path folder;

    @Override
    protected DeadLetterSink openSink(TestContext context) {
        return new FileDeadLetterSinkFactory().create(config(), context.withBaseDirectory(folder));
    }

    @Override
    protected DeadLetterStore openStore(TestContext context) {
        return new FileDeadLetterSinkFactory().open(config(), context.withBaseDirectory(folder));
    }

    private static FileDeadLetterConfig config() {
        return new FileDeadLetterConfig(Path.of("dead.jsonl"));
    }

    @Test
    void createsNoFile() throws InterruptedException {
        try (DeadLetterStore store = open()) {
            assertThat(store.list(Optional.empty(), 10).letters()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRemovalIsALineThatNamesTheRemovedOne() throws Exception {
        append(LINE.replace("}\n", ",\"version\":\"v1\"}\n"));
        try (DeadLetterStore store = open()) {
            assertThat(store.remove(store.find(Set.of("m1")))).isEqualTo(1);
        }
        assertThat(Files.readAllLines(file()))
                .last()
                .isEqualTo(
                        "{\"pipeline\":\"test\",\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05Z\",\"removed\":\"v1\"}");
    }

    @Test
    void aLateRemovalRemovesNothing() throws Exception {
        append(LINE.replace("}\n", ",\"version\":\"v1\"}\n"));
        append(LINE.replace("}\n", ",\"version\":\"v2\"}\n"));
        append("{\"pipeline\":\"test\",\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05Z\",\"removed\":\"v1\"}\n");
        try (DeadLetterStore store = open()) {
            assertThat(store.find(Set.of("m1")))
                    .extracting(StoredDeadLetter::version)
                    .containsExactly("v2");
        }
    }

    @Test
    void readsAndRemovesLinesWithoutAVersion() throws Exception {
        append(LINE);
        try (DeadLetterStore store = open()) {
            List<StoredDeadLetter> read = store.list(Optional.empty(), 10).letters();
            assertThat(read).singleElement().satisfies(stored -> {
                assertThat(stored.letter().key()).isEqualTo(new RecordKey("m1", Instant.parse("2026-01-02T03:04:05Z")));
                assertThat(stored.letter().attempts()).isEqualTo(2);
                assertThat(stored.letter().original()).isEqualTo(new Omitted());
            });
            assertThat(store.remove(read)).isEqualTo(1);
            assertThat(store.list(Optional.empty(), 10).letters()).isEmpty();
        }
    }

    @Test
    void skipsOtherLinesAndALineThatIsNotCompleteYet() throws Exception {
        append("\nnot json\n[1]\n{\"pipeline\":\"test\"}\n" + LINE
                + LINE.replace("m1", "m2").strip());
        try (DeadLetterStore store = open()) {
            assertThat(store.list(Optional.empty(), 10).letters())
                    .extracting(stored -> stored.letter().key().id())
                    .containsExactly("m1");
            append("\n");
            assertThat(store.find(Set.of("m2"))).hasSize(1);
        }
    }

    @Test
    void readsWhatSomebodyChangedByHand() throws Exception {
        append(LINE.replace("\"sink\"", "\"by hand\"")
                .replace("\"r\"", "\"Not A Code\"")
                .replace("\"attempts\":2", "\"attempts\":\"x\""));
        try (DeadLetterStore store = open()) {
            assertThat(store.find(Set.of("m1"))).singleElement().satisfies(stored -> {
                assertThat(stored.letter().stage()).isEqualTo(Stage.SINK);
                assertThat(stored.letter().rejection().reason()).isEqualTo("unreadable");
                assertThat(stored.letter().attempts()).isEqualTo(1);
            });
        }
    }

    @Test
    void aFileThatWasRotatedAwayEndsTheListingAndLosesNothing() throws Exception {
        append(LINE);
        append(LINE.replace("m1", "m2"));
        try (DeadLetterStore store = open()) {
            DeadLetterStore.Page first = store.list(Optional.empty(), 1);
            Files.move(file(), folder.resolve("dead.jsonl.1"));
            append(LINE.replace("m1", "m3"));

            assertThat(store.remove(first.letters())).isZero();
            assertThat(store.list(first.next(), 10).letters()).isEmpty();
            assertThat(store.list(Optional.empty(), 10).letters())
                    .extracting(stored -> stored.letter().key().id())
                    .containsExactly("m3");
        }
        assertThat(Files.readAllLines(folder.resolve("dead.jsonl.1"))).hasSize(2);
    }

    private DeadLetterStore open() {
        return openStore(TestContext.defaults().withPipeline("test"));
    }

    private Path file() {
        return folder.resolve("dead.jsonl");
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
