package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code etl dead-letters replay}. */
class DeadLettersReplayTest extends DeadLettersFixture {
    @Test
    void replaysOnceAndLeavesWhatIsRejectedAgain() throws IOException {
        Path fixed = pipeline("replayed", "[{ select: { fields: [age] } }]", "");

        Etl etl = Etl.run("dead-letters", "replay", "--json", fixed.toString());

        assertThat(etl.exitCode()).isEqualTo(1);
        assertThat(etl.out())
                .matches("\\{\"pipeline\":\"logins\",\"received\":2,\"written\":1,\"filtered\":0,\"duplicate\":0,"
                        + "\"deadLettered\":1,\"dropped\":0,\"released\":0,\"rows\":1,\"seconds\":[0-9.]+}\\R");
        assertThat(etl.err().lines())
                .containsExactlyInAnyOrder(
                        "etl: 1 letter was left as before: they are sealed, and there is nothing to open them with; name a"
                                + " keyset as deadLetter.keyset",
                        "etl: 1 letter was left as before: their originals were not kept");
        assertThat(MemoryPlugin.written("replayed"))
                .singleElement()
                .satisfies(record -> assertThat(record.key().id()).isEqualTo("m1"));
        assertThat(Etl.run("dead-letters", "list", "--json", fixed.toString())
                        .out()
                        .lines())
                .hasSize(3)
                .noneMatch(line -> line.contains("\"id\":\"m1\""))
                .filteredOn(line -> line.contains("\"id\":\"m2\""))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"firstFailedAt\":\"2026-01-02T04:00:02Z\"", "\"reason\":\"malformed_json\"")
                        .doesNotContain("\"failedAt\":\"2026-01-02T04:00:02Z\""));
    }

    @Test
    void replaysWhatIsAskedFor() throws IOException {
        Path fixed = pipeline("chosen", "[{ select: { fields: [age] } }]", "");
        assertThat(Etl.run("dead-letters", "replay", fixed.toString(), "--reason-code", "too_long")
                        .out())
                .contains("received 0");
        Etl some = Etl.run("dead-letters", "replay", fixed.toString(), "m1", "m9");
        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.err()).isEqualTo("etl: there is no dead letter of message m9\n");
        assertThat(some.out()).contains("received 1, written 1");
        assertThat(Etl.run("dead-letters", "replay", fixed.toString(), "--limit", "1")
                        .out())
                .contains("received 1,");
    }

    @Test
    void aDryRunSaysWhatWouldBe() throws IOException {
        Path fixed = pipeline("dry", "[{ select: { fields: [age] } }]", "");

        Etl etl = Etl.run("dead-letters", "replay", "--dry-run", fixed.toString(), "m1", "m2");

        assertThat(etl.exitCode()).isZero();
        assertThat(etl.out())
                .startsWith("logins: ended after ")
                .endsWith(
                        "received 2, written 1, filtered 0, duplicate 0, dead-lettered 1, dropped 0, released 0; rows 1"
                                + " (a dry run: nothing was written, kept or removed)\n");
        assertThat(Etl.run("dead-letters", "replay", "--dry-run", "--json", fixed.toString(), "m1")
                        .out())
                .contains("\"dryRun\":true");
        assertThat(MemoryPlugin.written("dry")).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("dead.jsonl"))).isEqualTo(LETTERS);
    }

    @Test
    void aFailureIsToldAndLosesNothing() throws IOException {
        Path broken =
                pipeline("broken", "[{ mask: { keyset: nowhere.json, fields: [{ path: ip, method: hmac }] } }]", "");

        Etl etl = Etl.run("dead-letters", "replay", broken.toString());

        assertThat(etl.exitCode()).isEqualTo(1);
        assertThat(etl.err())
                .contains("etl: the replay failed: ", "nowhere.json")
                .doesNotContain(SECRET);
        assertThat(etl.out()).startsWith("logins: failed after ");
        assertThat(Files.readAllLines(folder.resolve("dead.jsonl"))).isEqualTo(LETTERS);
    }
}
