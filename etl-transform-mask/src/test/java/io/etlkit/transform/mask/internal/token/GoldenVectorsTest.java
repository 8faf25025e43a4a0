package io.etlkit.transform.mask.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.Masking;
import io.etlkit.transform.mask.PlainJdk;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.type.TypeTag;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealed;
import io.etlkit.transform.mask.token.Revealer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The format {@code mk1}, byte for byte. */
class GoldenVectorsTest {
    @ParameterizedTest
    @MethodSource("positives")
    void writesTokens(Vectors.Positive vector) {
        try (Keyset keyset = Vectors.keyset()) {
            assertThat(token(keyset, vector, false))
                    .isEqualTo(vector.hmacToken())
                    .hasSize(33);
            assertThat(token(keyset, vector, true)).isEqualTo(vector.token()).startsWith(vector.hmacToken());
        }
    }

    @ParameterizedTest
    @MethodSource("positives")
    void makesFingerprintsAndPlaintexts(Vectors.Positive vector) {
        Fingerprinter fingerprinter = new Fingerprinter(
                Vectors.keyset().indexChain(Vectors.top("indexId")).orElseThrow(), vector.domain());
        Bytes message = fingerprinter.begin().put(vector.tag()).put(hex(vector.canonical()));
        assertThat(HexFormat.of().formatHex(fingerprinter.finish(), 0, Fingerprinter.LENGTH))
                .isEqualTo(vector.fp());
        Padding.pad(message, fingerprinter.start());
        assertThat(HexFormat.of().formatHex(message.array(), fingerprinter.start(), message.length()))
                .isEqualTo(vector.plaintext());
    }

    @ParameterizedTest
    @MethodSource("positives")
    void masksValues(Vectors.Positive vector) {
        Value value =
                vector.type().equals("number") ? Value.of(new BigDecimal(vector.value())) : Value.of(vector.value());
        assertThat(masked("hmac", vector, value)).isEqualTo(Value.of(vector.hmacToken()));
        assertThat(masked("aes-gcm", vector, value)).isEqualTo(Value.of(vector.token()));
        assertThat(masked("aes-gcm-siv", vector, value)).isEqualTo(Value.of(vector.sivToken()));
    }

    private static Value masked(String method, Vectors.Positive vector, Value value) {
        return Masking.ofValue(method, vector.type(), vector.domain()).value(value);
    }

    @ParameterizedTest
    @MethodSource("positives")
    void revealsTokensInCanonicalForm(Vectors.Positive vector) throws RevealException {
        Revealed revealed = Revealer.open(Vectors.keyset()).reveal(vector.token(), vector.domain());
        TypeTag type = TypeTag.of((byte) vector.tag()).orElseThrow();
        byte[] canonical = hex(vector.canonical());
        assertThat(revealed)
                .isEqualTo(new Revealed(type.show(canonical, 0, canonical.length), type.label(), vector.hmacToken()));
        assertThat(revealed).hasToString("Revealed[" + type.label() + " " + vector.hmacToken() + "]");
        assertThat(Revealer.open(Vectors.keyset()).reveal(vector.sivToken(), vector.domain()))
                .isEqualTo(revealed);
    }

    /** By the JDK alone, so that what the vectors say of a token is what its cipher holds. */
    @ParameterizedTest
    @MethodSource("positives")
    void theAssociatedDataIsWhatTheCipherHolds(Vectors.Positive vector) throws Exception {
        String key = "mk1/gcm/" + Vectors.top("indexId") + "/" + vector.domain();
        byte[] ciphertext = afterLastDot(vector.token());
        assertThat(vector.fp()).startsWith(vector.nonce());
        assertThat(PlainJdk.decrypt(
                        PlainJdk.hkdf(hex(Vectors.top("encKey")), key),
                        hex(vector.nonce()),
                        hex(vector.aad()),
                        ciphertext))
                .isEqualTo(hex(vector.plaintext()));
    }

    @ParameterizedTest
    @MethodSource("randoms")
    void tokensWithARandomNonceAreAsDocumented(Vectors.Random vector) throws Exception {
        byte[] payload = afterLastDot(vector.token());
        assertThat(hex(vector.nonce())).isEqualTo(Arrays.copyOf(payload, 12));
        assertThat(PlainJdk.decrypt(
                        PlainJdk.hkdf(hex(Vectors.top("encKey")), "mk1/gcm-random/" + vector.domain()),
                        hex(vector.nonce()),
                        hex(vector.aad()),
                        Arrays.copyOfRange(payload, 12, payload.length)))
                .isEqualTo(hex(vector.plaintext()));
        String head = vector.token().substring(0, vector.token().lastIndexOf('.'));
        assertThat(hex(vector.aad())).asString(StandardCharsets.US_ASCII).isEqualTo(head + "\0" + vector.domain());
    }

    @ParameterizedTest
    @MethodSource("randoms")
    void revealsTokensWithARandomNonce(Vectors.Random vector) throws RevealException {
        TypeTag type = TypeTag.of((byte) vector.tag()).orElseThrow();
        byte[] canonical = hex(vector.canonical());
        assertThat(Revealer.open(Vectors.keyset()).reveal(vector.token(), vector.domain()))
                .extracting(Revealed::value, Revealed::type)
                .containsExactly(type.show(canonical, 0, canonical.length), type.label());
    }

    private static byte[] afterLastDot(String token) {
        return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void refusesTokens(Vectors.Negative vector) {
        RevealException refused = catchThrowableOfType(
                RevealException.class, () -> Revealer.open(Vectors.keyset()).reveal(vector.token(), vector.domain()));
        assertThat(refused.code()).isEqualTo(vector.result());
        assertThat(refused).hasMessageNotContaining(vector.token()).hasNoCause();
    }

    @Test
    void derivesIdsFromKeys() {
        assertThat(Vectors.keyset().primary(KeyRole.INDEX).id()).isEqualTo(Vectors.top("indexId"));
        assertThat(Vectors.keyset().primary(KeyRole.ENC).id()).isEqualTo(Vectors.top("encId"));
        assertThat(Vectors.encRotated().primary(KeyRole.ENC).id()).isEqualTo(Vectors.in("encRotated", "encId"));
        assertThat(Vectors.onion().primary(KeyRole.INDEX).id()).isEqualTo(Vectors.in("onion", "indexId"));
    }

    @Test
    void theFingerprintSurvivesRotationOfTheEncryptionKey() throws RevealException {
        Vectors.Positive ip = Vectors.named("ip");
        String rotated = Vectors.in("encRotated", "token");
        assertThat(token(Vectors.encRotated(), ip, true)).isEqualTo(rotated).startsWith(ip.hmacToken());
        Revealer revealer = Revealer.open(Vectors.encRotated());
        assertThat(revealer.reveal(rotated, "ip")).isEqualTo(revealer.reveal(ip.token(), "ip"));
    }

    @Test
    void anIndexKeyLaidOverAnotherGoesThroughIt() throws RevealException {
        Vectors.Positive ip = Vectors.named("ip");
        assertThat(token(Vectors.onion(), ip, false)).isEqualTo(Vectors.in("onion", "hmacToken"));
        assertThat(token(Vectors.onion(), ip, true)).isEqualTo(Vectors.in("onion", "token"));
        Revealer revealer = Revealer.open(Vectors.onion());
        assertThat(revealer.reveal(Vectors.in("onion", "token"), "ip").value()).isEqualTo("203.0.113.9");
        assertThat(revealer.reveal(ip.token(), "ip").value()).isEqualTo("203.0.113.9");
    }

    private static String token(Keyset keyset, Vectors.Positive vector, boolean reversible) {
        List<KeysetKey> chain =
                keyset.indexChain(keyset.primary(KeyRole.INDEX).id()).orElseThrow();
        TokenWriter writer = new TokenWriter(chain, keyset.primary(KeyRole.ENC), CipherSuite.GCM, vector.domain());
        writer.begin().put(vector.tag()).put(hex(vector.canonical()));
        return reversible ? writer.reversible() : writer.irreversible();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    static List<Vectors.Positive> positives() {
        return Vectors.positives();
    }

    static List<Vectors.Random> randoms() {
        return Vectors.randoms();
    }

    static List<Vectors.Negative> negatives() {
        return Vectors.negatives();
    }
}
