package io.etlkit.reveal.internal.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.reveal.Invocation;
import io.etlkit.reveal.Masked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupCommandTest {
    @TempDir
    Path folder;

    private String keyset = "";

    @BeforeEach
    void makeKeyset() {
        keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
    }

    @Test
    void findsTheTokensThatAPipelineWrites() throws Exception {
        String hmac = Masked.ip(keyset, "203.0.113.9", "hmac");
        String reversible = Masked.ip(keyset, "203.0.113.9", "aes-gcm");
        Invocation found = lookup("::ffff:203.0.113.9\nno address\n203.0.113.9\n", "--type", "ip");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out()).isEqualTo((hmac + "\t" + reversible + "\n") + "\n" + (hmac + "\t" + reversible + "\n"));
        assertThat(found.err()).startsWith("line 2: invalid_ip: ").doesNotContain("no address");
        assertThat(Files.readString(Path.of(keyset + ".audit.jsonl")))
                .contains(
                        "\"action\":\"lookup\"",
                        "\"asked\":3",
                        "\"domain\":\"ip\"",
                        "\"fingerprints\":[\"" + hmac + "\",\"" + hmac + "\"]",
                        "\"found\":2",
                        "\"reason\":\"ticket 7\"",
                        "\"who\":\"ada\"")
                .doesNotContain("203.0", "no address");
    }

    @Test
    void printsALineForEachPairOfKeysThatMayHaveWritten() {
        String first = Masked.ip(keyset, "10.0.0.1", "aes-gcm");
        promote("enc");
        String second = Masked.ip(keyset, "10.0.0.1", "aes-gcm");
        promote("index");
        String third = Masked.ip(keyset, "10.0.0.1", "aes-gcm");
        Invocation.of("keys", "add", keyset, "--kind", "index");
        List<String> lines = lookup("10.0.0.1", "--type", "ip").out().lines().toList();
        assertThat(lines).hasSize(4).contains(line(first), line(second));
        assertThat(lines.get(0)).isEqualTo(line(third));
    }

    @Test
    void asksForAReasonAndCapsTheValues() {
        Invocation none = Invocation.withInput("v", "lookup", "--keyset", keyset, "--domain", "ip");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("Missing required option: '--reason=TEXT'");
        assertThat(lookup("v", "--max-rows", "-1").err()).startsWith("--max-rows must be at least 1");
        assertThat(lookup("a\nb\nc", "--max-rows", "2"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl lookup: more than 2 values; nothing was looked up; raise --max-rows if you mean it\n"));
        assertThat(Path.of(keyset + ".audit.jsonl")).doesNotExist();
        assertThat(lookup("v", "--type", "colour").exitCode()).isEqualTo(2);
    }

    @Test
    void showsNothingWhenTheAuditLogCanNotBeWritten() {
        Invocation unaudited = lookup("v", "--audit", folder.resolve("no/such").toString());
        assertThat(unaudited.exitCode()).isEqualTo(1);
        assertThat(unaudited.out()).isEmpty();
        assertThat(unaudited.err())
                .startsWith("etl lookup: nothing was looked up, for the audit log can not be written: ");
    }

    private void promote(String kind) {
        String id = Invocation.of("keys", "add", keyset, "--kind", kind).out().strip();
        assertThat(Invocation.of("keys", "promote", keyset, id).exitCode()).isZero();
    }

    private static String line(String token) {
        return token.substring(0, 33) + "\t" + token;
    }

    private Invocation lookup(String input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("lookup", "--keyset", keyset, "--domain", "ip", "--reason", "ticket 7"));
        arguments.addAll(List.of(more));
        return Invocation.withInput(input, arguments.toArray(String[]::new));
    }
}
