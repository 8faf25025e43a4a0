package io.etlkit.reveal.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.reveal.Invocation;
import io.etlkit.reveal.Masked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path folder;

    private Path log = Path.of("");
    private List<String> lines = List.of();

    @BeforeEach
    void fillLog() throws Exception {
        String keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
        log = folder.resolve("log.jsonl");
        String token = Masked.ip(keyset, "10.0.0.1", "aes-gcm");
        for (int i = 1; i <= 4; i++) {
            Invocation.withInput(
                    token,
                    "reveal",
                    "--keyset",
                    keyset,
                    "--domain",
                    "ip",
                    "--reason",
                    "ticket " + i,
                    "--audit",
                    log.toString());
        }
        lines = Files.readAllLines(log);
    }

    @Test
    void anIntactLogIsIntact() throws Exception {
        String last = Masked.field(lines.get(3), "hash");
        assertThat(verify())
                .isEqualTo(new Invocation(
                        0, "audit log " + log + " is intact: 4 lines, the last has the hash " + last + "\n", ""));
        assertThat(verify("--head", Masked.field(lines.get(1), "hash")).exitCode())
                .isZero();
        Files.writeString(log, "");
        assertThat(verify().out()).isEqualTo("audit log " + log + " is intact: 0 lines\n");
        Files.delete(log);
        assertThat(verify()).isEqualTo(new Invocation(2, "", "etl reveal: audit log " + log + ": there is no file\n"));
    }

    @Test
    void aChangedLineShows() throws Exception {
        rewrite(list -> list.set(1, list.get(1).replace("ticket 2", "ticket 9")));
        assertBroken("line 2: it was changed: its hash does not fit");
        rewrite(list -> list.set(1, list.get(1).replace(",", ", ")));
        assertBroken("line 2: it was changed: its hash does not fit");
        rewrite(list -> list.set(1, "no JSON"));
        assertBroken("line 2: it was changed: its hash does not fit");
    }

    @Test
    void aLineThatWasTakenOutShows() throws Exception {
        rewrite(list -> list.remove(1));
        assertBroken("line 2: it does not follow line 1: a line was taken out, put in or moved");
        rewrite(list -> list.remove(0));
        assertBroken("line 1: lines before it were taken out, or it was moved");
    }

    @Test
    void linesThatWereMovedOrDoubledShow() throws Exception {
        rewrite(list -> Collections.swap(list, 1, 2));
        assertBroken("line 2: it does not follow line 1: a line was taken out, put in or moved");
        rewrite(list -> list.add(2, list.get(1)));
        assertBroken("line 3: it does not follow line 2: a line was taken out, put in or moved");
    }

    @Test
    void aLineThatWasCutShows() throws Exception {
        String whole = Files.readString(log);
        Files.writeString(log, whole.substring(0, whole.length() - 20));
        assertBroken("line 4: it was changed: its hash does not fit");
        Files.writeString(log, whole.substring(0, whole.length() - 1));
        assertBroken("line 4: its end was cut off");
    }

    @Test
    void linesThatWereCutOffTheEndShowWhenTheLastHashWasNoted() throws Exception {
        String noted = Masked.field(lines.get(3), "hash");
        rewrite(list -> list.remove(3));
        assertThat(verify().exitCode()).isZero();
        Invocation cut = verify("--head", noted);
        assertThat(cut)
                .isEqualTo(new Invocation(
                        3,
                        "",
                        "etl reveal: audit log " + log + ": no line has the hash " + noted
                                + ": lines were cut off the end\n"));
    }

    @Test
    void aHashIsCheckedInALogOnly() {
        assertThat(Invocation.of("reveal", "--head", "00").err()).startsWith("--head is for --verify-audit");
    }

    private Invocation verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("reveal", "--verify-audit", log.toString()));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray(String[]::new));
    }

    private void rewrite(Consumer<List<String>> change) throws Exception {
        List<String> changed = new ArrayList<>(lines);
        change.accept(changed);
        assertThat(changed).isNotEqualTo(lines);
        Files.writeString(log, String.join("\n", changed) + "\n");
    }

    private void assertBroken(String problem) {
        assertThat(verify()).isEqualTo(new Invocation(3, "", "etl reveal: audit log " + log + ": " + problem + "\n"));
    }
}
