package io.etlkit.reveal.internal.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.reveal.Invocation;
import io.etlkit.reveal.Masked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevealCommandTest {
    @TempDir
    Path folder;

    private String keyset = "";

    @BeforeEach
    void makeKeyset() {
        keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
    }

    @Test
    void printsValuesInCanonicalFormAndAnEmptyLineForEachFailure() throws Exception {
        String four = mask("::ffff:203.0.113.9", "aes-gcm");
        String six = mask("2001:0DB8::0001", "aes-gcm");
        String tampered = four.substring(0, 50) + (four.charAt(50) == 'A' ? 'B' : 'A') + four.substring(51);
        String input = String.join("\n", four, "no token", six, four.substring(0, 33), tampered) + "\n";
        Invocation revealed = reveal(input);
        assertThat(revealed).isEqualTo(new Invocation(1, "203.0.113.9\n\n2001:db8::1\n\n\n", """
                        line 2: NOT_A_TOKEN: this is no token
                        line 4: NOT_REVERSIBLE: this token was made by a method that can not be reversed
                        line 5: TAMPERED: this token was changed, or it belongs to another domain
                        """));
        String log = Files.readString(Path.of(keyset + ".audit.jsonl"));
        assertThat(log)
                .doesNotContain("203.0", "2001", "no token")
                .contains(
                        "\"action\":\"reveal\"",
                        "\"asked\":5",
                        "\"at\":\"2026-01-02T03:04:05Z\"",
                        "\"domain\":\"ip\"",
                        "\"fingerprints\":[\"" + four.substring(0, 33) + "\",\"" + six.substring(0, 33) + "\"]",
                        "\"keyset\":\"pii\"",
                        "\"reason\":\"ticket 7\"",
                        "\"revealed\":2",
                        "\"source\":\"stdin\"",
                        "\"who\":\"ada\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(keyset + ".audit.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void endsWellWhenEveryTokenIsRevealed() {
        String token = mask("10.0.0.1", "aes-gcm");
        assertThat(reveal(token + "\r\n" + token)).isEqualTo(new Invocation(0, "10.0.0.1\n10.0.0.1\n", ""));
        assertThat(reveal("")).isEqualTo(new Invocation(0, "", ""));
    }

    @Test
    void saysNothingWithoutAReason() {
        String token = mask("10.0.0.1", "aes-gcm");
        Invocation none = Invocation.withInput(token, "reveal", "--keyset", keyset, "--domain", "ip");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).startsWith("Missing required option: '--reason=TEXT'");
        Invocation blank = Invocation.withInput(token, "reveal", "--keyset", keyset, "--domain", "ip", "--reason", " ");
        assertThat(blank).isEqualTo(new Invocation(2, "", "etl reveal: --reason is empty; say why\n"));
        assertThat(Path.of(keyset + ".audit.jsonl")).doesNotExist();
    }

    @Test
    void chainsTheLinesOfTheAuditLog() throws Exception {
        String token = mask("10.0.0.1", "aes-gcm");
        Path log = folder.resolve("log.jsonl");
        for (int i = 0; i < 3; i++) {
            reveal(token, "--audit", log.toString());
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(3);
        assertThat(field(lines.get(0), "previous")).isEmpty();
        assertThat(field(lines.get(1), "previous")).isEqualTo(field(lines.get(0), "hash"));
        assertThat(field(lines.get(2), "previous")).isEqualTo(field(lines.get(1), "hash"));
        assertThat(field(lines.get(2), "hash")).matches("[0-9a-f]{64}");
    }

    @Test
    void revealsNothingWhenTheAuditLogCanNotBeWritten() throws Exception {
        String token = mask("10.0.0.1", "aes-gcm");
        Path log = folder.resolve("log.jsonl");
        reveal(token, "--audit", log.toString());
        String tampered = Files.readString(log).replace("ticket 7", "ticket 8");
        Files.writeString(log, tampered);
        assertThat(reveal(token, "--audit", log.toString()))
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl reveal: nothing was revealed, for the audit log can not be written: the last line of the audit"
                                + " log is not intact\n"));
        assertThat(Files.readString(log)).isEqualTo(tampered);
        Invocation nowhere =
                reveal(token, "--audit", folder.resolve("no/such/folder").toString());
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err())
                .startsWith("etl reveal: nothing was revealed, for the audit log can not be written: ");
    }

    @Test
    void saysThatTheAuditLogNamesWhatCouldNotBeWritten() throws Exception {
        Path out = folder.resolve("no/such/folder");
        assertThat(reveal(mask("10.0.0.1", "aes-gcm"), "--out", out.toString()))
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl reveal: not all values were written: the file " + out
                                + " can not be written; the audit log names their tokens as revealed\n"));
        assertThat(Files.readAllLines(Path.of(keyset + ".audit.jsonl"))).hasSize(1);
    }

    @Test
    void capsHowMuchIsRevealedAtOnce() {
        String token = mask("10.0.0.1", "aes-gcm");
        assertThat(reveal(token + "\n" + token + "\n" + token, "--max-rows", "2"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl reveal: more than 2 tokens; nothing was revealed; raise --max-rows if you mean it\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0"})
    void aCapThatLetsNothingThroughIsAMistake(String cap) {
        Invocation capped = reveal(mask("10.0.0.1", "aes-gcm"), "--max-rows", cap);
        assertThat(capped.exitCode()).isEqualTo(2);
        assertThat(capped.out()).isEmpty();
        assertThat(capped.err()).startsWith("--max-rows must be at least 1");
        assertThat(Path.of(keyset + ".audit.jsonl")).doesNotExist();
    }

    @Test
    void writesToANewFileThatOnlyItsOwnerMayRead() throws Exception {
        Path out = folder.resolve("values.txt");
        String token = mask("10.0.0.1", "aes-gcm");
        assertThat(reveal(token, "--out", out.toString())).isEqualTo(new Invocation(0, "", ""));
        assertThat(out).hasContent("10.0.0.1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(reveal(token, "--out", out.toString()))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl reveal: the file " + out
                                + " is there already, and others may be able to read it; name another\n"));
        assertThat(Files.readAllLines(Path.of(keyset + ".audit.jsonl"))).hasSize(1);
    }

    @Test
    void namesEveryOptionThatIsMissing() {
        assertThat(Invocation.of("reveal").err())
                .startsWith("Missing required options: '--keyset=FILE', '--domain=NAME', '--reason=TEXT'");
        assertThat(Invocation.of("reveal", "--keyset", "env:KEYS", "--domain", "ip", "--reason", "r"))
                .isEqualTo(new Invocation(
                        2, "", "etl reveal: the keyset is no file, so say where the audit log is: --audit FILE\n"));
    }

    @Test
    void refusesOddDomainsAndMissingKeysets() {
        Invocation odd = Invocation.withInput(
                mask("10.0.0.1", "aes-gcm"), "reveal", "--keyset", keyset, "--domain", "a b", "--reason", "r");
        assertThat(odd)
                .isEqualTo(new Invocation(
                        2, "", "etl reveal: a domain is 1 to 128 printable ASCII characters without blanks\n"));
        String missing = folder.resolve("x.json").toString();
        assertThat(Invocation.of("reveal", "--keyset", missing, "--domain", "ip", "--reason", "r"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl reveal: keyset " + missing + ": there is no such file; make one with: etl keys init "
                                + missing + "\n"));
    }

    private Invocation reveal(String input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("reveal", "--keyset", keyset, "--domain", "ip", "--reason", "ticket 7"));
        arguments.addAll(List.of(more));
        return Invocation.withInput(input, arguments.toArray(String[]::new));
    }

    private String mask(String ip, String method) {
        return Masked.ip(keyset, ip, method);
    }

    private static String field(String json, String name) {
        return Masked.field(json, name);
    }
}
