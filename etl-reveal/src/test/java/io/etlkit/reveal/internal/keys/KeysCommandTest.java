package io.etlkit.reveal.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.reveal.Invocation;
import io.etlkit.reveal.internal.lookup.LookupCommand;
import io.etlkit.reveal.internal.reveal.RevealCommand;
import io.etlkit.runner.CommandProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    Path folder;

    @Test
    void isFoundByTheRunner() {
        assertThat(ServiceLoader.load(CommandProvider.class))
                .anySatisfy(provider -> assertThat(provider.commands())
                        .hasAtLeastOneElementOfType(KeysCommand.class)
                        .hasAtLeastOneElementOfType(RevealCommand.class)
                        .hasAtLeastOneElementOfType(LookupCommand.class));
    }

    @Test
    void initMakesAKeyset() {
        Path file = folder.resolve("keys/pii.json");
        assertThat(Invocation.of("keys", "init", file.toString(), "--insecure-plaintext"))
                .isEqualTo(new Invocation(
                        0,
                        "keyset \"pii\" written to " + file
                                + "; back it up: without it no masked value can be revealed or matched again\n",
                        ""));
        assertThat(Invocation.of("keys", "verify", file.toString()))
                .isEqualTo(new Invocation(0, "keyset \"pii\" is intact: version 1, 3 keys\n", ""));
    }

    @Test
    void initMakesPlaintextKeysetsOnlyWhenToldTo() {
        Path file = folder.resolve("pii.json");
        assertThat(Invocation.of("keys", "init", file.toString()))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl keys init: say how the keys are protected: --wrap passphrase, --wrap aws-kms or --wrap"
                                + " vault-transit; or, if you accept that whoever can read the file can undo the"
                                + " masking, --insecure-plaintext\n"));
        assertThat(Invocation.of("keys", "init", file.toString(), "--wrap", "passphrase", "--insecure-plaintext"))
                .isEqualTo(new Invocation(
                        2, "", "etl keys init: --wrap passphrase and --insecure-plaintext contradict each other\n"));
        assertThat(file).doesNotExist();
    }

    @Test
    void initRefusesToOverwriteAndOddNames() throws Exception {
        Path file = init("pii.json");
        String before = Files.readString(file);
        Invocation again = Invocation.of("keys", "init", file.toString(), "--insecure-plaintext");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("etl keys init: keyset " + file
                        + ": the file is there already, and what it masked could be lost; choose another name\n");
        assertThat(Files.readString(file)).isEqualTo(before);
        Invocation odd = Invocation.of(
                "keys", "init", folder.resolve("x.json").toString(), "--insecure-plaintext", "--name", "a b");
        assertThat(odd.exitCode()).isEqualTo(2);
        assertThat(odd.err()).contains("a keyset's name is");
        Path named = folder.resolve("y.json");
        Invocation.of("keys", "init", named.toString(), "--insecure-plaintext", "--name", "eu");
        assertThat(Invocation.of("keys", "list", named.toString()).out()).startsWith("keyset \"eu\", version 1\n");
    }

    @Test
    void listShowsIdsAndNoKeys() {
        Path file = init("pii.json");
        assertThat(Invocation.of("keys", "list", file.toString()).out()).matches("""
                        keyset "pii", version 1
                        index  [\\w-]{6}  primary
                        enc    [\\w-]{6}  primary
                        seal   [\\w-]{6}  primary
                        """);
        assertThat(Invocation.of("keys", "list", file.toString(), "--json").out())
                .matches("\\{\"format\":\"etl-keyset/1\",\"name\":\"pii\",\"version\":1,"
                        + "\"index\":\\[\\{\"id\":\"[\\w-]{6}\",\"over\":null,\"status\":\"primary\"}],"
                        + "\"enc\":\\[\\{\"id\":\"[\\w-]{6}\",\"status\":\"primary\"}],"
                        + "\"seal\":\\[\\{\"id\":\"[\\w-]{6}\",\"status\":\"primary\"}],"
                        + "\"wrap\":\\{\"type\":\"none\"}}\n");
    }

    @Test
    void verifyFindsWhatWasChanged() throws Exception {
        Path file = init("pii.json");
        Files.writeString(file, Files.readString(file).replace("\"version\":1", "\"version\":2"));
        Invocation verified = Invocation.of("keys", "verify", file.toString());
        assertThat(verified)
                .isEqualTo(new Invocation(
                        3,
                        "",
                        "etl keys verify: keyset " + file
                                + ": it was changed by something that is not etlkit, or damaged: its mac does not fit;"
                                + " restore it from a backup\n"));
        assertThat(Invocation.of("keys", "list", file.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void aKeysetThatIsNotThereWasNamedWrongly() {
        String missing = folder.resolve("none.json").toString();
        for (String[] arguments : List.of(
                new String[] {"keys", "list", missing},
                new String[] {"keys", "verify", missing},
                new String[] {"keys", "add", missing, "--kind", "enc"},
                new String[] {"keys", "promote", missing, "AAAAAA"},
                new String[] {"keys", "retire", missing, "AAAAAA"},
                new String[] {"keys", "destroy", missing, "AAAAAA"},
                new String[] {"keys", "wrap", missing, "--to", "passphrase"})) {
            assertThat(Invocation.of(arguments))
                    .isEqualTo(new Invocation(
                            2,
                            "",
                            "etl keys " + arguments[1] + ": keyset " + missing
                                    + ": there is no such file; make one with: etl keys init " + missing + "\n"));
        }
    }

    @Test
    void asksForAVerb() {
        Invocation bare = Invocation.of("keys");
        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.err()).startsWith("which of init, add, promote, retire, destroy, list, verify and wrap?");
    }

    private Path init(String name) {
        Path file = folder.resolve(name);
        assertThat(Invocation.of("keys", "init", file.toString(), "--insecure-plaintext")
                        .exitCode())
                .isZero();
        return file;
    }
}
