package io.etlkit.transform.mask.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.CanonicalJson;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.keyset.KeyIds;
import io.etlkit.transform.mask.internal.keyset.KeysetJson;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.keyset.KeysetLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetTest {
    @TempDir
    Path folder;

    @Test
    void aNewKeysetHasOnePrimaryKeyOfEachRole() throws Exception {
        Path file = write("keys/pii.json");
        try (Keyset keyset = Keyset.load("keys/pii.json", folder)) {
            assertThat(keyset.name()).isEqualTo("pii");
            assertThat(keyset.version()).isEqualTo(1);
            assertThat(keyset.keys())
                    .extracting(KeysetKey::role, KeysetKey::status)
                    .containsExactly(
                            tuple(KeyRole.INDEX, KeyStatus.PRIMARY),
                            tuple(KeyRole.ENC, KeyStatus.PRIMARY),
                            tuple(KeyRole.SEAL, KeyStatus.PRIMARY));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws Exception {
        Path file = write("pii.json");
        String before = Files.readString(file);
        assertThatThrownBy(() -> write("pii.json"))
                .isInstanceOf(StartupException.class)
                .hasMessage("keyset " + file
                        + ": the file is there already, and what it masked could be lost; choose another name");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void aKeysetComesFromTheEnvironmentToo() {
        try (NewKeyset fresh = Keyset.create("pii");
                Keyset loaded = loader(Map.of("KEYS", fresh.plaintext())).load("env:KEYS", folder)) {
            assertThat(loaded.describe()).isEqualTo(fresh.keyset().describe());
        }
        assertThatThrownBy(() -> loader(Map.of()).load("env:KEYS", folder))
                .hasMessage("keyset env:KEYS: the environment variable is not set");
    }

    @Test
    void whatIsShownHoldsNoSecret() {
        try (NewKeyset fresh = Keyset.create("pii")) {
            ObjectValue file = (ObjectValue) JsonReader.read(fresh.plaintext());
            String shown = JsonWriter.write(fresh.keyset().describe())
                    + fresh.keyset()
                    + fresh.keyset().keys();
            assertThat(shown).doesNotContain("\"key\"", "mac", "dek");
            for (String secret : secrets(file)) {
                assertThat(shown).doesNotContain(secret);
            }
        }
    }

    @Test
    void refusesWhatIsNotIntact() {
        String changed =
                "it was changed by something that is not etlkit, or damaged: its mac does not fit; restore it from"
                        + " a backup";
        assertRefused(file -> file.with("version", Value.of(2)), changed);
        assertRefused(file -> file.with("mac", Value.of("AAAA")), changed);
        assertRefused(file -> file.without("mac"), changed);
        assertRefused(file -> file.with("format", Value.of("etl-keyset/2")), "its format is not etl-keyset/1");
        assertRefused(
                file -> file.with("extra", Value.of(2)), "it has fields that this version of etlkit does not know");
        assertRefused(
                file -> file.with("wrap", Value.of(Map.of("type", Value.of("aws-kms")))),
                "its keys are wrapped with aws-kms, which the module etl-secrets-aws opens; put it on the classpath");
        assertRefused(
                file -> file.with("wrap", Value.of(Map.of("type", Value.of("rot13")))),
                "the wrap is of no type that is installed; there is none, passphrase");
        assertRefused(file -> file.without("wrap"), "the field wrap is missing");
        assertRefused(file -> file.with("wrap", Value.of(Map.of())), "the field wrap.type is missing");
    }

    @Test
    void refusesKeysThatAreNotWhatTheirIdsSay() {
        assertResealedRefused(
                file -> swap(file, "key", Base64Url.encode(new byte[32])),
                "does not fit its id: it is another key, or damaged");
        for (String tooShort : List.of("short", Base64Url.encode(new byte[31]), "")) {
            assertResealedRefused(
                    file -> swap(file, "key", tooShort),
                    "is not 32 bytes in base64url; a key is 32 random bytes, for who holds the table can guess a"
                            + " shorter one; make keys with etl keys init or etl keys add");
        }
        assertResealedRefused(file -> swap(file, "id", "-AAAAA"), "a key of kind enc has no id of six characters");
        assertResealedRefused(file -> swap(file, "status", "pending"), "is none that a key of kind enc can have");
        assertResealedRefused(file -> swap(file, "status", "destroyed"), "is destroyed, and yet it is there");
        assertResealedRefused(
                file -> file.with("enc", Value.of(List.of(first(file, "enc"), first(file, "enc")))),
                "is in the keyset twice; each use needs a key of its own");
    }

    @Test
    void refusesAKeyWithTwoUses() {
        String twice = "is in the keyset twice; each use needs a key of its own";
        assertResealedRefused(file -> withEncKey(file, keyOf(first(file, "index"))), twice);
        assertResealedRefused(file -> withEncKey(file, keyOf(first(file, "seal"))), twice);
        assertResealedRefused(file -> withEncKey(file, dek(file)), twice);
    }

    /** With the id that the key has as an encryption key, so that only its other use is wrong. */
    private static ObjectValue withEncKey(ObjectValue file, byte[] key) {
        return swap(
                swapped -> swapped.with("id", Value.of(KeyIds.of(KeyRole.ENC, Optional.empty(), key)))
                        .with("key", Value.of(Base64Url.encode(key))),
                file);
    }

    @Test
    void refusesWhatIsNoKeyset() {
        assertThatThrownBy(() -> KeysetFixtures.read("canary", "k"))
                .hasMessage("keyset k: not a keyset: not JSON at line 1, column 1")
                .hasNoCause();
        assertThatThrownBy(() -> KeysetFixtures.read("[]", "k")).hasMessage("keyset k: not a keyset: no JSON object");
    }

    @Test
    void theMacIsOverCanonicalJsonSoThatSpacesAndOrderDoNotMatter() {
        try (NewKeyset fresh = Keyset.create("pii")) {
            String other = fresh.plaintext().replace(",", " ,\n").replace(":", ": ");
            KeysetFixtures.read(other, "k").close();
        }
    }

    @Test
    void aClosedKeysetHoldsNoKeys() {
        Keyset keyset = Vectors.keyset();
        keyset.close();
        assertThat(keyset.keys()).allSatisfy(key -> assertThat(key.material()).containsOnly(0));
    }

    @Test
    void canonicalJsonIsThatOfRfc8785() {
        Value value = JsonReader.read(
                "{\"\\u20ac\":\"Euro\",\"\\r\":1.0,\"1\":[],\"\\ud83d\\ude00\":{},\"\\u0080\":null,\"\\u00f6\":true,"
                        + "\"\\ufb33\":\"\\u000f\\n\\\"\\\\/\"}");
        assertThat(CanonicalJson.text(value))
                .isEqualTo(
                        "{\"\\r\":1,\"1\":[],\"\u0080\":null,\"\u00f6\":true,\"\u20ac\":\"Euro\",\"\ud83d\ude00\":{},"
                                + "\"\ufb33\":\"\\u000f\\n\\\"\\\\/\"}");
        assertThatThrownBy(() -> CanonicalJson.text(JsonReader.read("1.5")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.text(JsonReader.read("1e999999999")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeysetComesFromASecretProviderTooAndIsNeverTheLocationItself() {
        try (NewKeyset fresh = Keyset.create("pii")) {
            KeysetLoader loader = new KeysetLoader(
                    Map.of(), KeysetFixtures.WRAPS, List.of(KeysetFixtures.secrets("aws-sm", fresh.plaintext())));
            loader.load("aws-sm:etl/pii", folder).close();
            assertThatThrownBy(() -> loader.load("vault:etl/pii#k", folder))
                    .hasMessage(
                            "keyset vault:etl/pii#k: there is no secret provider \"vault\" on the classpath; there is"
                                    + " aws-sm; a file whose name looks like this is written file:vault:etl/pii#k");
            assertThatThrownBy(() -> loader.load("aws-sm:denied", folder))
                    .hasMessage("keyset aws-sm:denied: aws-sm: access denied");
            assertThatThrownBy(() -> loader.load(fresh.plaintext(), folder))
                    .hasMessage("keyset: this is a keyset itself and not the place of one; to read it from a secret"
                            + " provider write aws-sm:ID in place of ${aws-sm:ID}");
        }
    }

    private static KeysetLoader loader(Map<String, String> environment) {
        return new KeysetLoader(environment, KeysetFixtures.WRAPS, List.of());
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(file);
        }
        return file;
    }

    private static void assertRefused(UnaryOperator<ObjectValue> change, String message) {
        try (NewKeyset fresh = Keyset.create("pii")) {
            ObjectValue changed = change.apply((ObjectValue) JsonReader.read(fresh.plaintext()));
            assertThatThrownBy(() -> KeysetFixtures.read(JsonWriter.write(changed), "k"))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("keyset k: " + message)
                    .hasNoCause();
        }
    }

    /** The change is made by someone who has the dek, so that the MAC fits. */
    private static void assertResealedRefused(UnaryOperator<ObjectValue> change, String message) {
        try (NewKeyset fresh = Keyset.create("pii")) {
            ObjectValue changed = change.apply((ObjectValue) JsonReader.read(fresh.plaintext()))
                    .without("mac");
            String text = JsonWriter.write(
                    changed.with("mac", Value.of(Base64Url.encode(KeysetJson.mac(dek(changed), changed)))));
            assertThatThrownBy(() -> KeysetFixtures.read(text, "k"))
                    .isInstanceOf(StartupException.class)
                    .hasMessageStartingWith("keyset k: ")
                    .hasMessageContaining(message);
        }
    }

    private static ObjectValue swap(ObjectValue file, String field, String value) {
        return swap(key -> key.with(field, Value.of(value)), file);
    }

    private static ObjectValue swap(UnaryOperator<ObjectValue> change, ObjectValue file) {
        return file.with("enc", Value.of(List.of(change.apply(first(file, "enc")))));
    }

    private static byte[] dek(ObjectValue file) {
        return bytes((ObjectValue) file.get("wrap").orElseThrow(), "dek");
    }

    private static byte[] keyOf(ObjectValue key) {
        return bytes(key, "key");
    }

    private static byte[] bytes(ObjectValue object, String field) {
        return Base64Url.decode(((TextValue) object.get(field).orElseThrow()).value())
                .orElseThrow();
    }

    private static ObjectValue first(ObjectValue file, String role) {
        return (ObjectValue) ((ListValue) file.get(role).orElseThrow()).values().get(0);
    }

    private static List<String> secrets(ObjectValue file) {
        List<String> secrets = new ArrayList<>();
        for (String role : List.of("index", "enc", "seal")) {
            secrets.add(((TextValue) first(file, role).get("key").orElseThrow()).value());
        }
        return secrets;
    }
}
