package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysRotationTest {
    @TempDir
    Path folder;

    private String file = "";

    @BeforeEach
    void makeKeyset() {
        file = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", file, "--insecure-plaintext");
    }

    @Test
    void rotatesAnEncryptionKey() {
        String before = Masked.ip(file, "10.0.0.1", "aes-gcm");
        String old = id("enc", "primary");
        Invocation added = keys("add", "--kind", "enc");
        String id = added.out().strip();
        assertThat(added)
                .isEqualTo(new Invocation(
                        0,
                        id + "\n",
                        "Encryption key " + id + " is there to read with. Rows"
                                + " stay as they are. When every host has this file: etl keys promote " + file + " "
                                + id + "\n"));
        assertThat(Masked.ip(file, "10.0.0.1", "aes-gcm")).isEqualTo(before);
        assertThat(keys("promote", id))
                .isEqualTo(new Invocation(
                        0,
                        "key " + id + " is primary now; pipelines write with it once they were restarted\n",
                        "Rows that are there are revealed with the key they were made with, and new rows of a value"
                                + " share the first 33 characters with the old ones.\n"));
        String after = Masked.ip(file, "10.0.0.1", "aes-gcm");
        assertThat(after).isNotEqualTo(before).startsWith(before.substring(0, 33));
        assertThat(reveal(before + "\n" + after).out()).isEqualTo("10.0.0.1\n10.0.0.1\n");
        assertThat(keys("destroy", old))
                .isEqualTo(new Invocation(
                        0,
                        "key " + old + " is destroyed\n",
                        "Tokens that were made with encryption key " + old + " can not be revealed any more; they still"
                                + " match and count. Copies and backups of the file still hold the key: destroy those,"
                                + " too.\n"));
        assertThat(reveal(before + "\n" + after))
                .isEqualTo(new Invocation(
                        1,
                        "\n10.0.0.1\n",
                        "line 1: UNKNOWN_KEY: the keyset does not hold the keys that this token was made with\n"));
        assertThat(Invocation.of("keys", "list", file, "--json").out())
                .contains("{\"id\":\"" + old + "\",\"status\":\"destroyed\"}")
                .contains("\"version\":4");
    }

    @Test
    void rotatesTheIndexKeyOverTheOldOne() {
        String before = Masked.ip(file, "10.0.0.1", "aes-gcm");
        String old = id("index", "primary");
        Invocation added = keys("add", "--kind", "index");
        String id = added.out().strip();
        assertThat(added.err())
                .isEqualTo(
                        "Index key " + id + " is pending, laid over " + old + ", which stays needed. Rows stay as they"
                                + " are. When every host has this file: etl keys promote " + file + " " + id + "\n");
        assertThat(Invocation.of("keys", "list", file).out())
                .contains("index  " + id + "  pending, over " + old + "\n");
        assertThat(keys("promote", id).err())
                .isEqualTo(
                        "From now on a value has two tokens, one in old rows and one in new ones, that differ from the"
                                + " start: count(distinct) lies between the true number and twice that until the old rows are"
                                + " rewritten. Stop writers that still use the old key.\n");
        String after = Masked.ip(file, "10.0.0.1", "aes-gcm");
        assertThat(after).startsWith("mk1." + id + ".");
        assertThat(reveal(before + "\n" + after).out()).isEqualTo("10.0.0.1\n10.0.0.1\n");
        assertThat(keys("retire", old))
                .isEqualTo(new Invocation(
                        0,
                        "key " + old + " is retired\n",
                        "Rows that still carry its tokens are revealed as before; etl lookup does not find them any"
                                + " more.\n"));
        Invocation refused = keys("destroy", old, "--force");
        assertThat(refused)
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl keys destroy: keyset " + file + ": key " + id + " (primary) is laid over key " + old
                                + " and needs it; as long as that one is used, this one has to stay\n"));
    }

    @Test
    void anIndexKeyWithRowsIsDestroyedByForceOnly() {
        String before = Masked.ip(file, "10.0.0.1", "hmac");
        String old = id("index", "primary");
        Invocation added = keys("add", "--kind", "index", "--fresh");
        assertThat(added.err())
                .contains(" is pending, a root of its own: hmac rows can not be brought to it. Rows stay");
        keys("promote", added.out().strip());
        assertThat(keys("destroy", old).exitCode()).isEqualTo(2);
        assertThat(keys("destroy", old, "--force"))
                .isEqualTo(new Invocation(
                        0,
                        "key " + old + " is destroyed\n",
                        "Tokens that were made with index key " + old
                                + " are random pseudonyms now: they can be counted,"
                                + " and neither matched by value nor revealed. Copies and backups of the file still hold"
                                + " the key: destroy those, too.\n"));
        assertThat(Masked.ip(file, "10.0.0.1", "hmac").substring(0, 10)).isNotEqualTo(before.substring(0, 10));
        String pending = keys("add", "--kind", "index").out().strip();
        assertThat(keys("destroy", pending).err())
                .startsWith("Nothing was written with index key " + pending + " yet.");
    }

    @Test
    void atATerminalAKeyIsDestroyedOnceItsIdWasTyped() throws Exception {
        String seal = keys("add", "--kind", "seal").out().strip();
        String before = Files.readString(Path.of(file));
        FakeTerminal wrong = new FakeTerminal("yes");
        assertThat(Invocation.typing(wrong, "keys", "destroy", file, seal))
                .isEqualTo(new Invocation(1, "", "etl keys destroy: nothing was destroyed\n"));
        assertThat(wrong.prompts())
                .containsExactly("Dead letters whose original was sealed with seal key " + seal
                        + " can not be opened any more.\nThis can not be undone. Type " + seal + " to destroy it: ");
        assertThat(Files.readString(Path.of(file))).isEqualTo(before);
        FakeTerminal unasked = new FakeTerminal("no");
        FakeTerminal right = new FakeTerminal(seal);
        assertThat(Invocation.typing(right, "keys", "destroy", file, seal).exitCode())
                .isZero();
        String another = keys("add", "--kind", "seal").out().strip();
        assertThat(Invocation.typing(unasked, "keys", "destroy", file, another, "--yes")
                        .exitCode())
                .isZero();
        assertThat(unasked.prompts()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThat(keys("add", "--kind", "salt").err()).startsWith("--kind is enc, index or seal, not \"salt\"");
        assertThat(keys("add", "--kind", "enc", "--fresh").err()).startsWith("--over and --fresh are for --kind index");
        assertThat(keys("add", "--kind", "index", "--fresh", "--over", id("index", "primary"))
                        .err())
                .startsWith("--over and --fresh contradict each other");
        assertThat(keys("promote", id("enc", "primary")))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl keys promote: keyset " + file + ": key " + id("enc", "primary")
                                + " is primary already\n"));
        assertThat(keys("destroy", id("seal", "primary")).err())
                .endsWith(" is primary: what is masked now needs it; promote another key of kind seal first\n");
    }

    @Test
    void noVerbPrintsKeys() throws Exception {
        StringBuilder printed = new StringBuilder();
        for (List<String> verb : List.of(
                List.of("add", "--kind", "enc"),
                List.of("add", "--kind", "index"),
                List.of("promote", id("enc", "primary")),
                List.of("destroy", id("index", "primary")),
                List.of("list"),
                List.of("list", "--json"),
                List.of("verify"))) {
            printed.append(keys(verb.get(0), verb.subList(1, verb.size()).toArray(String[]::new)));
        }
        Matcher secrets = Pattern.compile("\"(?:key|dek|mac)\":\"([^\"]+)\"").matcher(Files.readString(Path.of(file)));
        int seen = 0;
        while (secrets.find()) {
            seen++;
            assertThat(printed.toString()).doesNotContain(secrets.group(1));
        }
        assertThat(seen).isEqualTo(7);
    }

    private String id(String kind, String status) {
        try (Keyset keyset = Keyset.load(file, folder)) {
            return keyset.keyInfos().stream()
                    .filter(key -> key.role().label().equals(kind)
                            && key.status().label().equals(status))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }
    }

    private Invocation keys(String verb, String... more) {
        return Invocation.of(Stream.concat(Stream.of("keys", verb, file), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private Invocation reveal(String input) {
        return Invocation.withInput(input + "\n", "reveal", "--keyset", file, "--domain", "ip", "--reason", "rotation");
    }
}
