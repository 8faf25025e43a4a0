package io.etlkit.transform.mask.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.OriginalCipherProvider;
import io.etlkit.api.seal.UnsealException;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.TestRecords;
import io.etlkit.transform.mask.PlainJdk;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {
    private final Keyset keyset = Vectors.keyset();
    private final OriginalCipher cipher = new KeysetCipher(Vectors.keyset());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"ip\":\"203.0.113.9\"}",
                "not json \0 \u00e9 \ud83d\ude00",
                "\ud800 and \udc00\ud800",
                "\udbff"
            })
    void whatIsSealedComesBackAsItWas(String body) throws UnsealException {
        EtlRecord original = TestRecords.text("message-1", body).withHeader("odd \ud800", Value.of("\udc00"));
        DeadLetter.Clear unsealed =
                cipher.open("logins", original.key(), new DeadLetter.Sealed(cipher.seal("logins", original)));
        assertThat(unsealed).isEqualTo(new DeadLetter.Clear(original.body(), original.headers()));
        assertThat(unsealed.headers()).containsEntry("sentAt", Value.of(TestRecords.SENT_AT));
        assertThat(unsealed.toString()).doesNotContain("203");
    }

    @Test
    void theFormIsAsDocumented() {
        byte[] sealed = cipher.seal("logins", TestRecords.text("message-1", "secret"));
        assertThat(Arrays.copyOf(sealed, 4)).containsExactly('d', 'l', '1', 1);
        assertThat(Base64Url.encode(Arrays.copyOfRange(sealed, 4, 8)))
                .isEqualTo(keyset.primary(KeyRole.SEAL).id());
        assertThat((sealed.length - 8 - 12 - 16) % 256).isZero();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret", "message-1");
    }

    /** The golden seal, opened by the JDK alone and as the documentation says. */
    @Test
    void aSealIsReadByThePageAlone() throws Exception {
        ByteBuffer sealed = ByteBuffer.wrap(HexFormat.of().parseHex(Vectors.ofSeal("sealed")));
        byte[] head = take(sealed, 8);
        byte[] nonce = take(sealed, 12);
        byte[] key = PlainJdk.hkdf(HexFormat.of().parseHex(Vectors.ofSeal("sealKey")), "etl/dl/1/logins");
        byte[] associated = ByteBuffer.allocate(8 + 4 + 6 + 4 + 9)
                .put(head)
                .putInt(6)
                .put("logins".getBytes(StandardCharsets.UTF_8))
                .putInt(9)
                .put("message-1".getBytes(StandardCharsets.UTF_8))
                .array();
        byte[] plaintext = PlainJdk.decrypt(key, nonce, associated, take(sealed, sealed.remaining()));

        assertThat(Arrays.copyOf(head, 4)).containsExactly('d', 'l', '1', 1);
        assertThat(Base64Url.encode(Arrays.copyOfRange(head, 4, 8)))
                .isEqualTo(keyset.primary(KeyRole.SEAL).id());
        assertThat(plaintext).hasSize(256);
        ByteBuffer parts = ByteBuffer.wrap(plaintext);
        assertThat(part(parts)).isEqualTo(Vectors.ofSeal("headers"));
        assertThat(part(parts)).isEqualTo(Vectors.ofSeal("body"));
        assertThat(part(parts)).isEqualTo("{\"sentAt\":\"timestamp\"}");
        assertThat(take(parts, parts.remaining())).containsOnly(0);
    }

    @Test
    void opensTheGoldenSeal() throws UnsealException {
        byte[] sealed = HexFormat.of().parseHex(Vectors.ofSeal("sealed"));
        assertThat(cipher.open("logins", key("message-1"), new DeadLetter.Sealed(sealed)))
                .isEqualTo(new DeadLetter.Clear(
                        Value.of(Vectors.ofSeal("body")),
                        TestRecords.text("message-1", "").headers()));
    }

    private static String part(ByteBuffer parts) {
        return new String(take(parts, parts.getInt()), StandardCharsets.UTF_8);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    @Test
    void twoSealsOfOneRecordDiffer() {
        EtlRecord original = TestRecords.text("message-1", "secret");
        assertThat(cipher.seal("logins", original)).isNotEqualTo(cipher.seal("logins", original));
    }

    @Test
    void aSealIsBoundToPipelineAndRecordAndEachOfItsBits() {
        byte[] sealed = cipher.seal("logins", TestRecords.text("message-1", "secret"));
        assertThat(refusal(sealed, "other", "message-1")).isEqualTo(UnsealException.Code.TAMPERED);
        assertThat(refusal(sealed, "logins", "message-2")).isEqualTo(UnsealException.Code.TAMPERED);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 4;
            assertThat(refusal(changed, "logins", "message-1"))
                    .as("byte %s", i)
                    .isEqualTo(
                            i < 4
                                    ? UnsealException.Code.NOT_SEALED
                                    : i < 8 ? UnsealException.Code.UNKNOWN_KEY : UnsealException.Code.TAMPERED);
        }
        assertThat(refusal(new byte[3], "logins", "message-1")).isEqualTo(UnsealException.Code.NOT_SEALED);
    }

    @Test
    void theProviderIsFoundAndOpensAKeyset(@TempDir Path folder) throws Exception {
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(folder.resolve("pii.json"));
        }
        OriginalCipherProvider provider =
                ServiceLoader.load(OriginalCipherProvider.class).findFirst().orElseThrow();
        byte[] sealed;
        try (OriginalCipher opened = provider.open("pii.json", folder)) {
            sealed = opened.seal("logins", TestRecords.text("message-1", "secret"));
        }
        try (OriginalCipher opened = provider.open("file:pii.json", folder)) {
            assertThat(opened.open("logins", key("message-1"), new DeadLetter.Sealed(sealed))
                            .body())
                    .isEqualTo(Value.of("secret"));
        }
    }

    private UnsealException.Code refusal(byte[] sealed, String pipeline, String id) {
        return catchThrowableOfType(
                        UnsealException.class, () -> cipher.open(pipeline, key(id), new DeadLetter.Sealed(sealed)))
                .code();
    }

    private static RecordKey key(String id) {
        return new RecordKey(id, TestRecords.SENT_AT);
    }
}
