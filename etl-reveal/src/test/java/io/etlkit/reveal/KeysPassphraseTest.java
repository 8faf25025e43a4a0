package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysPassphraseTest {
    private static final String PASSPHRASE = "canary passphrase one";

    @TempDir
    Path folder;

    private String file = "";
    private String passphraseFile = "";

    @BeforeEach
    void writePassphrase() throws Exception {
        file = folder.resolve("pii.json").toString();
        passphraseFile = passphraseFile("one", PASSPHRASE);
    }

    @Test
    void aKeysetIsWrappedWithAPassphraseFromAFile() {
        assertThat(Invocation.of("keys", "init", file, "--wrap", "passphrase", "--passphrase-file", passphraseFile))
                .isEqualTo(new Invocation(0, "keyset \"pii\" written to " + file + """
                        ; back it up: without it no masked value can be revealed or matched again
                        keep its passphrase elsewhere: without it the file is worthless
                        """, ""));
        assertThat(Invocation.of("keys", "list", file, "--passphrase-file", passphraseFile)
                        .out())
                .startsWith("keyset \"pii\", version 1, wrapped with passphrase\n");
        Invocation added = Invocation.of("keys", "add", file, "--kind", "enc", "--passphrase-file", passphraseFile);
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(Invocation.with(
                        "", new FakeTerminal(), Map.of("ETL_KEYSET_PASSPHRASE", PASSPHRASE), "keys", "verify", file))
                .isEqualTo(new Invocation(0, "keyset \"pii\" is intact: version 2, 4 keys\n", ""));
    }

    @Test
    void aPassphraseThatIsTypedIsTypedTwice() {
        FakeTerminal slip = new FakeTerminal(PASSPHRASE, "canary passphrase own");
        Invocation differing = Invocation.typing(slip, "keys", "init", file, "--wrap", "passphrase");
        assertThat(differing.exitCode()).isEqualTo(2);
        assertThat(differing.err())
                .startsWith("the two passphrases differ; nothing was written")
                .doesNotContain("canary");
        assertThat(Path.of(file)).doesNotExist();
        FakeTerminal same = new FakeTerminal(PASSPHRASE, PASSPHRASE);
        assertThat(Invocation.typing(same, "keys", "init", file, "--wrap", "passphrase")
                        .exitCode())
                .isZero();
        assertThat(same.prompts()).containsExactly("Passphrase of keyset " + file + ": ", "Once more: ");
        FakeTerminal wrong = new FakeTerminal("canary passphrase two");
        assertThat(Invocation.typing(wrong, "keys", "verify", file))
                .isEqualTo(new Invocation(
                        3,
                        "",
                        "etl keys verify: keyset " + file
                                + ": the passphrase is not the one that it was wrapped with\n"));
        Invocation nobody = Invocation.of("keys", "verify", file);
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err())
                .startsWith("a passphrase is needed and nobody is there to type it; name a file that holds it:"
                        + " --passphrase-file FILE");
    }

    @Test
    void wrappingAnewChangesTheFileAndNotTheTokens() throws Exception {
        Invocation.of("keys", "init", file, "--insecure-plaintext");
        String token = Masked.ip(file, "10.0.0.1", "aes-gcm");
        assertThat(Invocation.of("keys", "wrap", file, "--to", "passphrase", "--new-passphrase-file", passphraseFile))
                .isEqualTo(new Invocation(
                        0,
                        "keyset \"pii\" is wrapped with passphrase now\n",
                        "Rows stay as they are. Copies and backups of the file as it was still open as before: destroy"
                                + " them.\n"));
        String other = passphraseFile("two", "canary passphrase two");
        Invocation again = Invocation.of(
                "keys",
                "wrap",
                file,
                "--to",
                "passphrase",
                "--passphrase-file",
                passphraseFile,
                "--new-passphrase-file",
                other);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(Invocation.of("keys", "list", file, "--passphrase-file", passphraseFile)
                        .exitCode())
                .isEqualTo(2);
        assertThat(Invocation.withInput(
                        token,
                        "reveal",
                        "--keyset",
                        file,
                        "--domain",
                        "ip",
                        "--reason",
                        "r",
                        "--passphrase-file",
                        other))
                .isEqualTo(new Invocation(0, "10.0.0.1\n", ""));
        assertThat(Invocation.of("keys", "wrap", file, "--to", "none", "--passphrase-file", other))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl keys wrap: --to none stores the keys unencrypted: whoever can read the file can undo the"
                                + " masking. If you accept that, say --insecure-plaintext and guard the file\n"));
        assertThat(Invocation.of(
                                "keys",
                                "wrap",
                                file,
                                "--to",
                                "none",
                                "--insecure-plaintext",
                                "--passphrase-file",
                                other)
                        .exitCode())
                .isZero();
        assertThat(Invocation.of("keys", "list", file, "--json").out())
                .contains("\"version\":4")
                .endsWith("\"wrap\":{\"type\":\"none\"}}\n");
    }

    @Test
    void saysWhichModuleAWrapNeeds() {
        assertThat(Invocation.of("keys", "init", file, "--wrap", "aws-kms", "--wrap-option", "key=alias/pii"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl keys init: keyset " + file + ": its keys are wrapped with aws-kms, which the module"
                                + " etl-secrets-aws opens; put it on the classpath\n"));
        assertThat(Invocation.of("keys", "init", file, "--wrap", "rot13").err())
                .isEqualTo("etl keys init: keyset " + file
                        + ": the wrap is of no type that is installed; there is none, passphrase\n");
        assertThat(Path.of(file)).doesNotExist();
    }

    private String passphraseFile(String name, String passphrase) throws Exception {
        Path made = Files.writeString(folder.resolve(name), passphrase + "\n");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
        return made.toString();
    }
}
