package io.etlkit.transform.mask.internal.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.KeysetFixtures;
import io.etlkit.transform.mask.keyset.KeysetFixtures.FlippingService;
import io.etlkit.transform.mask.keyset.NewKeyset;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import io.etlkit.transform.mask.keyset.WrapChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetWrapTest {
    private static final KeysetWraps FLIP = KeysetFixtures.wraps(new FlippingService());
    private static final WrapChoice FLIPPED = new WrapChoice("flip", Map.of("key", "k"));

    @TempDir
    Path folder;

    @Test
    void aPassphraseOpensWhatItWrapped() throws Exception {
        Path file = folder.resolve("pii.json");
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.write(file, WrapChoice.passphrase(), KeysetFixtures.passphrase("pässword with ümlauts"));
            try (Keyset loaded =
                    Keyset.load(file.toString(), folder, KeysetFixtures.passphrase("pässword with ümlauts"))) {
                assertThat(loaded.keyInfos()).isEqualTo(fresh.keyset().keyInfos());
                assertThat(JsonWriter.write(loaded.describe()))
                        .endsWith("\"wrap\":{\"type\":\"passphrase\",\"kdf\":\"argon2id\",\"v\":19,\"m\":65536,\"t\":3,"
                                + "\"p\":4}}");
            }
            String text = Files.readString(file);
            for (KeysetKey key : fresh.keyset().keys()) {
                assertThat(text).doesNotContain(Base64Url.encode(key.material()));
            }
        }
        assertThatThrownBy(() -> Keyset.load(file.toString(), folder, KeysetFixtures.passphrase("password")))
                .isInstanceOf(StartupException.class)
                .hasMessage("keyset " + file + ": the passphrase is not the one that it was wrapped with");
    }

    /** The format is frozen: what the page says of it is all that a reader needs. */
    @Test
    void thePassphraseIsTurnedIntoKeysAsTheDocumentationSays() {
        byte[] dek = new byte[32];
        Arrays.fill(dek, (byte) 7);
        ObjectValue wrap = PassphraseWrap.wrap(dek, "pii", "secret".toCharArray());
        byte[] derived = new byte[64];
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(0x13)
                .withMemoryAsKB(65536)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(JsonFields.bytes(wrap, "salt", 16).orElseThrow())
                .build());
        argon2.generateBytes("secret".getBytes(StandardCharsets.UTF_8), derived);
        assertThat(JsonFields.bytes(wrap, "check", 16).orElseThrow()).isEqualTo(Arrays.copyOfRange(derived, 32, 48));
        byte[] sealed =
                Base64Url.decode(JsonFields.text(wrap, "dek").orElseThrow()).orElseThrow();
        assertThat(new AesGcm(Arrays.copyOf(derived, 32))
                        .decrypt(
                                sealed,
                                Ascii.bytes("etl-keyset/1/dek/pii"),
                                Arrays.copyOfRange(sealed, 12, sealed.length)))
                .hasValue(dek);
    }

    @Test
    void refusesPassphraseWrapsThatMakeGuessingCheapOrTakeTheMachinesMemory() {
        ObjectValue wrap = PassphraseWrap.wrap(new byte[32], "pii", "secret".toCharArray());
        String cost = "keyset k: the cost of a guess is outside what etlkit accepts: wrap.m 19456 to 1048576,"
                + " wrap.t 1 to 10, wrap.p 1 to 16";
        for (ObjectValue odd : List.of(
                wrap.with("m", Value.of(19455)),
                wrap.with("m", Value.of(1048577)),
                wrap.with("t", Value.of(0)),
                wrap.with("t", Value.of(11)),
                wrap.with("p", Value.of(0)),
                wrap.with("p", Value.of(17)),
                wrap.without("m"),
                wrap.with("t", Value.of("3")))) {
            assertThatThrownBy(() -> PassphraseWrap.check(odd, "k")).hasMessage(cost);
        }
        for (ObjectValue fits : List.of(
                wrap.with("m", Value.of(19456)).with("t", Value.of(1)).with("p", Value.of(1)),
                wrap.with("m", Value.of(1048576)).with("t", Value.of(10)).with("p", Value.of(16)))) {
            PassphraseWrap.check(fits, "k");
        }
        assertThatThrownBy(() -> PassphraseWrap.check(wrap.with("kdf", Value.of("argon2i")), "k"))
                .hasMessage("keyset k: the fields wrap.kdf and wrap.v are not argon2id and 19");
        assertThatThrownBy(() -> PassphraseWrap.check(wrap.with("salt", Value.of("AAAA")), "k"))
                .hasMessage("keyset k: the field wrap.salt is not 16 bytes in base64url");
    }

    @Test
    void aPassphraseComesFromAFileOrFromTheEnvironment() throws Exception {
        Path file = Files.writeString(folder.resolve("pass"), "from a file\r\nsecond line\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var both = new EnvironmentPassphrase(
                Map.of("ETL_KEYSET_PASSPHRASE_FILE", file.toString(), "ETL_KEYSET_PASSPHRASE", "from a variable"));
        assertThat(both.passphraseOf("k")).containsExactly("from a file".toCharArray());
        var variable = new EnvironmentPassphrase(
                Map.of("ETL_KEYSET_PASSPHRASE_FILE", "", "ETL_KEYSET_PASSPHRASE", "from a variable"));
        assertThat(variable.passphraseOf("k")).containsExactly("from a variable".toCharArray());
        assertThatThrownBy(() -> new EnvironmentPassphrase(Map.of()).passphraseOf("k"))
                .hasMessage("keyset k: it needs a passphrase; name a file that holds it in"
                        + " ETL_KEYSET_PASSPHRASE_FILE, or set ETL_KEYSET_PASSPHRASE");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> both.passphraseOf("k"))
                .hasMessageStartingWith("passphrase file " + file + ": everybody may read the file");
        assertThat(PassphraseFile.read(file, true)).containsExactly("from a file".toCharArray());
        Files.write(file, new byte[] {(byte) 0xff, '\n'});
        assertThatThrownBy(() -> PassphraseFile.read(file, true))
                .hasMessage("passphrase file " + file + ": its first line is not UTF-8 text");
        assertThatThrownBy(() -> PassphraseFile.read(folder.resolve("none"), false))
                .hasMessage("passphrase file " + folder.resolve("none") + ": there is no such file");
    }

    @Test
    void aKeyManagementServiceOpensWhatItWrapped() {
        try (NewKeyset fresh = Keyset.create("pii");
                KeysetContents opened = KeysetReader.read(flipped(fresh), "k", FLIP)) {
            assertThat(opened.keyset().keyInfos()).isEqualTo(fresh.keyset().keyInfos());
            assertThat(JsonWriter.write(opened.keyset().describe()))
                    .endsWith("\"wrap\":{\"type\":\"flip\",\"key\":\"k/version-1\"}}");
        }
    }

    @Test
    void saysWhichSettingsAServiceTakesAndWhatItRefused() {
        byte[] dek = new byte[32];
        assertThatThrownBy(() -> FLIP.wrap(new WrapChoice("flip", Map.of("kee", "k")), dek, "pii", "f"))
                .hasMessage("keyset f: the wrap flip has no setting \"kee\"; there is key");
        assertThatThrownBy(() -> FLIP.wrap(new WrapChoice("flip", Map.of()), dek, "pii", "f"))
                .hasMessage("keyset f: the setting key is missing");
        assertThatThrownBy(() -> FLIP.wrap(new WrapChoice("none", Map.of("key", "k")), dek, "pii", "f"))
                .hasMessage("keyset f: the wrap none takes no settings");
        assertThatThrownBy(() -> FLIP.wrap(new WrapChoice("vault-transit", Map.of()), dek, "pii", "f"))
                .hasMessage("keyset f: its keys are wrapped with vault-transit, which the module etl-secrets-vault"
                        + " opens; put it on the classpath");
        assertThatThrownBy(() -> KeysetFixtures.wraps(new FlippingService())
                        .asking(KeysetFixtures.passphrase(""))
                        .wrap(WrapChoice.passphrase(), dek, "pii", "f"))
                .hasMessage("keyset f: the passphrase is empty; choose a long one");
    }

    @Test
    void noFieldOfAWrappedFileCanBeChanged() {
        try (NewKeyset fresh = Keyset.create("pii")) {
            assertNoFieldCanBeChanged(flipped(fresh));
        }
    }

    @Test
    void noFieldOfAPlaintextFileCanBeChanged() {
        try (NewKeyset fresh = Keyset.create("pii")) {
            assertNoFieldCanBeChanged(fresh.plaintext());
        }
    }

    @Test
    void noFieldOfAPassphrasesFileCanBeChanged() {
        ObjectValue wrap = PassphraseWrap.wrap(new byte[32], "pii", "secret".toCharArray());
        List<ObjectValue> changed = changes(wrap.without("type"));
        assertThat(changed).hasSizeGreaterThan(10);
        for (ObjectValue each : changed) {
            ObjectValue forged = each.with("type", Value.of("passphrase"));
            assertThatThrownBy(() -> KeysetFixtures.wraps(new FlippingService())
                            .asking(KeysetFixtures.passphrase("secret"))
                            .unwrap(forged, "pii", "k"))
                    .isInstanceOf(StartupException.class)
                    .hasMessageStartingWith("keyset k: ");
        }
        assertThatThrownBy(() -> KeysetFixtures.wraps(new FlippingService())
                        .asking(KeysetFixtures.passphrase("secret"))
                        .unwrap(wrap, "other", "k"))
                .hasMessage("keyset k: the field wrap.dek is damaged, or the field name was changed; restore it from a"
                        + " backup");
    }

    private static void assertNoFieldCanBeChanged(String text) {
        ObjectValue file = (ObjectValue) JsonReader.read(text);
        List<ObjectValue> changed = changes(file);
        assertThat(changed).hasSizeGreaterThan(15);
        for (ObjectValue each : changed) {
            assertThatThrownBy(() -> KeysetReader.read(JsonWriter.write(each), "k", FLIP))
                    .as("a changed file")
                    .isInstanceOf(StartupException.class)
                    .hasMessageStartingWith("keyset k: ")
                    .hasNoCause();
        }
    }

    /** Who has the dek could make the MAC fit, and still can not put one key in another's place. */
    @Test
    void aWrappedKeyBelongsToItsRoleAndId() {
        try (NewKeyset fresh = Keyset.create("pii");
                KeysetContents opened = KeysetReader.read(flipped(fresh), "k", FLIP)) {
            ObjectValue file = (ObjectValue) JsonReader.read(opened.text());
            ObjectValue enc = first(file, "enc");
            ObjectValue swapped = file.with(
                            "enc",
                            Value.of(List.of(enc.with(
                                    "key", first(file, "seal").get("key").orElseThrow()))))
                    .without("mac");
            String text = JsonWriter.write(
                    swapped.with("mac", Value.of(Base64Url.encode(KeysetJson.mac(opened.dek(), swapped)))));
            assertThatThrownBy(() -> KeysetReader.read(text, "k", FLIP))
                    .hasMessage("keyset k: key " + JsonFields.text(enc, "id").orElseThrow()
                            + " can not be decrypted: it is another key, or damaged");
        }
    }

    private static String flipped(NewKeyset fresh) {
        try (KeysetContents plain = KeysetReader.read(fresh.plaintext(), "k", FLIP)) {
            ObjectValue wrap = FLIP.wrap(FLIPPED, plain.dek(), "pii", "k");
            return KeysetJson.write(plain.keyset(), plain.dek(), wrap);
        }
    }

    /** The file with each of its fields changed in turn. */
    private static List<ObjectValue> changes(ObjectValue file) {
        List<ObjectValue> changed = new ArrayList<>();
        file.forEach((name, value) -> changed(value).forEach(each -> changed.add(file.with(name, each))));
        return changed;
    }

    private static List<Value> changed(Value value) {
        if (value instanceof ObjectValue object) {
            return List.copyOf(changes(object));
        }
        if (value instanceof ListValue list) {
            List<Value> changed = new ArrayList<>(changed(list.values().get(0)).stream()
                    .map(element -> Value.of(List.of(element)))
                    .toList());
            changed.add(Value.of(List.<Value>of()));
            return changed;
        }
        if (value instanceof TextValue text) {
            char other = text.value().charAt(0) == 'B' ? 'C' : 'B';
            return List.of(Value.of(other + text.value().substring(1)), Value.of("other"), Value.of(1));
        }
        return List.of(value instanceof NumberValue ? Value.of(9) : Value.of("AAAAAA"));
    }

    private static ObjectValue first(ObjectValue file, String role) {
        return (ObjectValue) ((ListValue) file.get(role).orElseThrow()).values().get(0);
    }
}
