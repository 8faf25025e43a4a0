package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.json.JsonReader;
import io.etlkit.runner.OriginalReader;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.Environment;
import io.etlkit.runner.internal.EtlProgram;
import io.etlkit.sink.file.FileDeadLetterConfig;
import io.etlkit.sink.file.FileDeadLetterSinkFactory;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestRecords;
import io.etlkit.transform.mask.KeysetCipherProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code etl dead-letters show --original}, the whole way. */
class ShowOriginalsTest {
    private static final String BODY = "{\"user_id\":\"u1\",\n\"ip\":\"203.0.113.9\"}";

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void keepALetter() throws Exception {
        newKeyset();
        file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: logins
                source: { sqs: { queue: logins, region: us-east-1 } }
                transforms: [{ mask: { keyset: pii.json, fields: [{ path: ip, method: hmac }] } }]
                sink: { file: { path: out.jsonl } }
                deadLetter: { file: { path: dead.jsonl } }
                """);
        EtlRecord original = TestRecords.text("m1", BODY);
        try (OriginalCipher cipher = new KeysetCipherProvider().open("pii.json", folder)) {
            keep(letter(original, new DeadLetter.Sealed(cipher.seal("logins", original))));
        }
    }

    private void newKeyset() {
        Invocation.of("keys", "init", folder.resolve("pii.json").toString(), "--insecure-plaintext");
    }

    private void keep(DeadLetter letter) throws InterruptedException {
        try (DeadLetterSink sink = new FileDeadLetterSinkFactory()
                .create(
                        new FileDeadLetterConfig(Path.of("dead.jsonl")),
                        TestContext.defaults().withBaseDirectory(folder))) {
            sink.write(List.of(letter));
        }
    }

    private static DeadLetter letter(EtlRecord original, DeadLetter.Original kept) {
        return new DeadLetter(
                "logins",
                original.key(),
                Stage.TRANSFORM,
                Optional.of("transforms[0].mask"),
                Rejection.of("missing_field", "there is no field"),
                1,
                TestRecords.SENT_AT.plusSeconds(1),
                kept);
    }

    private static Invocation etl(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new EtlProgram(
                        new Environment(Map.of(), Optional.empty()),
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true), false))
                .run(arguments);
        return new Invocation(exitCode, out.toString(), err.toString());
    }

    private Invocation showOriginals(String... more) {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {"dead-letters", "show", file.toString(), "--original", "--reason", "ticket 7"},
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return etl(arguments);
    }

    @Test
    void theOriginalIsShownAndTheLookIsLogged() throws IOException {
        Invocation shown = showOriginals();

        assertThat(shown.err()).isEmpty();
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out())
                .startsWith("id               m1\n")
                .contains(
                        "original         sealed\n",
                        "headers          {\"",
                        "\"messageId\":\"m1\"",
                        "body             {\"user_id\":\"u1\",\\n\"ip\":\"203.0.113.9\"}\n");
        List<String> log = Files.readAllLines(folder.resolve("pii.json.audit.jsonl"));
        assertThat(log)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"action\":\"show-originals\"",
                                "\"asked\":1",
                                "\"keyset\":\"pii\"",
                                "\"messages\":[\"m1\"]",
                                "\"pipeline\":\"logins\"",
                                "\"reason\":\"ticket 7\"",
                                "\"revealed\":1",
                                "\"previous\":\"\"")
                        .doesNotContain("203.0.113.9", "u1"));
    }

    @Test
    void theLogIsTheOneThatRevealChains() throws IOException {
        showOriginals();
        Invocation.withInput(
                "no token",
                "reveal",
                "--keyset",
                folder.resolve("pii.json").toString(),
                "--domain",
                "ip",
                "--reason",
                "ticket 8");
        showOriginals();
        List<String> log = Files.readAllLines(folder.resolve("pii.json.audit.jsonl"));
        assertThat(log).hasSize(3);
        assertThat(field(log.get(1), "previous")).isEqualTo(field(log.get(0), "hash"));
        assertThat(field(log.get(2), "previous")).isEqualTo(field(log.get(1), "hash"));
    }

    private static Object field(String line, String name) {
        return ((ObjectValue) JsonReader.read(line)).get(name).orElseThrow();
    }

    @Test
    void withoutTheAuditLogNothingIsShown() throws IOException {
        Files.writeString(folder.resolve("log.jsonl"), "tampered\n");

        Invocation shown = showOriginals("--audit", folder.resolve("log.jsonl").toString());

        assertThat(shown)
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl: no message was shown, for the audit log can not be written: the last line of the audit log"
                                + " is not intact\n"));
    }

    @Test
    void anotherKeysetOpensNothing() throws IOException {
        Files.delete(folder.resolve("pii.json"));
        newKeyset();

        Invocation shown = showOriginals();

        assertThat(shown.exitCode()).isEqualTo(1);
        assertThat(shown.out())
                .contains("not opened       the keyset does not hold the key that this was sealed with\n")
                .doesNotContain("203.0.113.9");
        assertThat(Files.readString(folder.resolve("pii.json.audit.jsonl"))).contains("\"messages\":[]");
    }

    @Test
    void aMissingKeysetIsToldPlainly() throws IOException {
        Files.delete(folder.resolve("pii.json"));

        Invocation shown = showOriginals();

        assertThat(shown.exitCode()).isEqualTo(1);
        assertThat(shown.out()).isEmpty();
        assertThat(shown.err()).contains("there is no such file; make one with: etl keys init");
    }

    @Test
    void clearOriginalsAreLoggedTooAndOmittedOnesAreNot() throws Exception {
        keep(letter(
                TestRecords.text("m2", BODY),
                new DeadLetter.Clear(TestRecords.text("m2", BODY).body(), Map.of())));
        keep(letter(TestRecords.text("m3", BODY), new DeadLetter.Omitted()));

        Invocation shown = showOriginals("m2", "m3");

        assertThat(shown.exitCode()).isEqualTo(1);
        assertThat(shown.out())
                .contains("not opened       its original was not kept\n")
                .containsOnlyOnce("203.0.113.9");
        assertThat(Files.readString(folder.resolve("pii.json.audit.jsonl"))).contains("\"messages\":[\"m2\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:KEYSET", "aws-sm:pii", "vault:secret/etl#pii"})
    void aKeysetThatIsNoFileNeedsAnAuditLog(String keyset) {
        OriginalReader reader =
                ServiceLoader.load(OriginalReader.class).findFirst().orElseThrow();
        assertThatThrownBy(() -> reader.open(
                        new OriginalReader.Access("logins", Optional.of(keyset), folder, "ticket 7", Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the keyset is no file; say with --audit where the audit log is");
    }
}
