package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.token.TokenText;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.RevealException.Code;
import io.etlkit.transform.mask.token.Revealer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which masking goes wrong, each held by a test; the numbers are those of the design's list of traps. */
class MaskTrapsTest {
    @ParameterizedTest
    @ValueSource(strings = {"aes-gcm", "aes-gcm-siv"})
    void trap1EqualValuesInARowGiveEqualTokens(String method) throws RevealException {
        Masking masking = Masking.ofValue(method, "text", "d");
        String a = masking.text("A");
        assertThat(List.of(masking.text("A"), masking.text("A"), masking.text("A")))
                .containsOnly(a);
        String b = masking.text("B");
        assertThat(b).isNotEqualTo(a);
        assertThat(List.of(masking.text("A"), masking.text("B"))).containsExactly(a, b);
        assertThat(Revealer.open(Vectors.keyset()).reveal(a, "d").value()).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac", "aes-gcm", "aes-gcm-siv"})
    void trap1LanesOnManyThreadsAgreeWithOne(String method) throws Exception {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            values.add("value-" + i % 50);
        }
        Collections.shuffle(values, new java.util.Random(7));
        Masking alone = Masking.ofValue(method, "text", "d");
        List<String> expected = values.stream().map(alone::text).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> lane = () -> {
                Masking own = Masking.ofValue(method, "text", "d");
                return values.stream().map(own::text).toList();
            };
            for (Future<List<String>> tokens : threads.invokeAll(Collections.nCopies(4, lane))) {
                assertThat(tokens.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two associated data, or two plaintexts, under one nonce would be two tokens of one value. */
    @ParameterizedTest
    @ValueSource(strings = {"aes-gcm", "aes-gcm-siv"})
    void trap2TheAssociatedDataFollowsFromKeyAndNonceOnly(String method) {
        MaskField field = MaskField.of("v", method).withDomain("d");
        List<MaskField> fields = List.of(
                field,
                field.withTo("other"),
                field.optional(),
                field.keepingTokens(),
                field.coercingToString(),
                field.withOnInvalid(MaskField.OnInvalid.REDACT).withText("***"),
                field.withOnInvalid(MaskField.OnInvalid.NULLIFY),
                MaskField.of("a.b.v", method).withDomain("d"),
                MaskField.of("l[*]", method).withDomain("d"));
        List<KeysetKey> keys = Vectors.keyset().keys();
        List<Keyset> keysets = List.of(new Keyset("vectors", 1, keys), new Keyset("another", 7, keys));
        String body = "{\"v\":\"x\",\"a\":{\"b\":{\"v\":\"x\"}},\"l\":[\"x\",\" x \"],\"more\":1}";

        Set<Value> tokens = new HashSet<>();
        for (Keyset keyset : keysets) {
            for (MaskField each : fields) {
                tokens.addAll(
                        new Masking(keyset, each).select(body, each.target().toString()));
            }
        }
        assertThat(tokens)
                .containsExactly(Value.of(Masking.ofValue(method, "text", "d").text("x")));
        assertThat(tokens).doesNotContain(Masking.ofValue(method, "text", "e").value(Value.of("x")));
    }

    @Test
    void trap3WhatIsEncryptedIsTheCanonicalForm() throws RevealException {
        Revealer revealer = Revealer.open(Vectors.keyset());
        String spelled = Masking.ofValue("aes-gcm", "ip", "ip").text("2001:0DB8:0:0:0:0:0:1");
        assertThat(revealer.reveal(spelled, "ip").value()).isEqualTo("2001:db8::1");
        String padded = Masking.ofValue("aes-gcm", "text", "t").text(" \u00a0e\u0301\u3000");
        assertThat(revealer.reveal(padded, "t").value()).isEqualTo("\u00e9");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 14, 15, 16, 30, 31, 32, 127, 1000})
    void trap4PaddingIsUnambiguous(int length) throws RevealException {
        Masking masking = Masking.ofValue("aes-gcm", "text", "d");
        Revealer revealer = Revealer.open(Vectors.keyset());
        String value = "a".repeat(length);
        for (String each : List.of(value, value + "\0", value + "\0\0", value + "\u0080")) {
            assertThat(revealer.reveal(masking.text(each), "d").value()).isEqualTo(each);
        }
        assertThat(masking.text(value)).isNotEqualTo(masking.text(value + "\0"));
    }

    @Test
    void trap4TokensOfShortTextsHaveOneLength() {
        Masking masking = Masking.ofValue("aes-gcm", "text", "d");
        for (int length = 0; length <= 15; length++) {
            assertThat(masking.text("x".repeat(length))).hasSize(86);
        }
        assertThat(masking.text("x".repeat(16))).hasSizeGreaterThan(86);
        assertThat(masking.text("x".repeat(127))).hasSize(236);
        assertThat(masking.text("x".repeat(128))).hasSize(257);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10.1", "010.0.0.1", "10.0.0.01", "localhost", "10.0.0.1 ", "0x7f.0.0.1", ""})
    void trap5AddressesAreReadStrictly(String text) {
        Rejection rejection = Masking.ofValue("hmac", "ip", "ip").rejectionOf(text);
        assertThat(rejection.reason()).isEqualTo("invalid_ip");
        assertThat(rejection.field()).hasToString("Optional[v]");
    }

    @Test
    void trap6NumbersAreNoText() {
        Rejection rejection = Masking.ofValue("hmac", "text", "d").rejectionOf(Value.of(42));
        assertThat(rejection)
                .extracting(Rejection::reason, Rejection::message)
                .containsExactly(
                        "wrong_type",
                        "type text masks text, and the value is of kind number; set coerce: string where a"
                                + " number and its text mean the same");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void trap7WhatLooksLikeATokenIsRejected(String token) {
        for (String method : List.of("hmac", "aes-gcm", "aes-gcm-siv", "aes-gcm-random")) {
            for (String type : List.of("text", "ip", "uuid", "number", "email")) {
                Masking masking = Masking.ofValue(method, type, "ip");
                assertThat(masking.rejectionOf(token).reason()).isEqualTo("already_masked");
                assertThat(masking.rejectionOf("\u00a0" + token + " ").reason()).isEqualTo("already_masked");
            }
        }
    }

    static List<String> tokens() {
        Vectors.Positive ip = Vectors.named("ip");
        String random = Masking.ofValue("aes-gcm-random", "ip", "ip").text("203.0.113.9");
        return List.of(ip.hmacToken(), ip.token(), ip.sivToken(), random);
    }

    @Test
    void trap7OnlyTokensThatVerifyAreKept() {
        Vectors.Positive ip = Vectors.named("ip");
        Masking keeping = new Masking(
                Vectors.keyset(),
                MaskField.of("v", "aes-gcm").withType("ip").withDomain("ip").keepingTokens());
        assertThat(keeping.text(ip.token())).isEqualTo(ip.token());
        assertThat(keeping.text(ip.sivToken())).isEqualTo(ip.sivToken());
        assertThat(keeping.text("203.0.113.9")).isEqualTo(ip.token());
        String random = Masking.ofValue("aes-gcm-random", "ip", "ip").text("203.0.113.9");
        assertThat(keeping.rejectionOf(random).reason()).isEqualTo("already_masked");
        assertThat(keeping.rejectionOf(ip.hmacToken()).reason()).isEqualTo("already_masked");
        Vectors.negatives().stream()
                .filter(vector -> TokenText.parse(vector.token()).isPresent())
                .filter(vector -> vector.domain().equals("ip"))
                .forEach(vector ->
                        assertThat(keeping.rejectionOf(vector.token()).reason()).isEqualTo("already_masked"));
        Masking ofAnotherType = new Masking(
                Vectors.keyset(), MaskField.of("v", "aes-gcm").withDomain("ip").keepingTokens());
        assertThat(ofAnotherType.rejectionOf(ip.token()).reason()).isEqualTo("already_masked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hmac", "aes-gcm", "aes-gcm-siv", "aes-gcm-random", "ip-prefix", "partial", "redact", "nullify"})
    void trap8NullIsKeptAndObjectsAndListsAreRejected(String method) {
        Masking masking = new Masking(Vectors.keyset(), MaskField.of("v", method));
        assertThat(masking.value(Value.ofNull())).isEqualTo(Value.ofNull());
        assertThat(masking.rejectionOf(Masking.json("{\"a\":\"secret\"}")).reason())
                .isEqualTo("not_a_scalar");
        assertThat(masking.rejectionOf(Masking.json("[\"secret\"]")).reason()).isEqualTo("not_a_scalar");
    }

    @Test
    void trap9WhateverGoesWrongRejectsTheRecord() {
        Masking masking = Masking.ofValue("aes-gcm", "text", "d");
        assertThat(masking.rejectionOf("\ud800 secret").reason()).isEqualTo("invalid_text");
        assertThat(masking.rejectionOf("secret \udc00").reason()).isEqualTo("invalid_text");
        assertThat(masking.rejectionOf(Value.of(true)).reason()).isEqualTo("wrong_type");
        assertThatThrownBy(() ->
                        new AesGcm(new byte[5]).encrypt(new byte[12], new byte[0], new byte[1], 0, 1, new byte[99]))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("reversible")
    void trap10NoTokenHasASecondSpelling(String token) throws RevealException {
        Revealer revealer = Revealer.open(Vectors.keyset());
        assertThat(revealer.reveal(token, "ip").value()).isEqualTo("203.0.113.9");
        for (int i = 0; i < token.length(); i++) {
            for (int bit = 0; bit < 8; bit++) {
                String changed = token.substring(0, i) + (char) (token.charAt(i) ^ 1 << bit) + token.substring(i + 1);
                RevealException refused =
                        catchThrowableOfType(RevealException.class, () -> revealer.reveal(changed, "ip"));
                assertThat(refused).as("bit %s of character %s", bit, i).isNotNull();
                assertThat(refused.code()).as("bit %s of character %s", bit, i).isIn(expected(token, i));
            }
        }
    }

    /** A changed character may leave a text that is no token at all; a changed key's id names another key. */
    private static Set<Code> expected(String token, int changed) {
        boolean random = token.startsWith("mk1r");
        boolean inKeyId = random ? changed < token.lastIndexOf('.') : changed < 10 || (changed > 34 && changed < 41);
        return EnumSet.of(Code.NOT_A_TOKEN, inKeyId ? Code.UNKNOWN_KEY : Code.TAMPERED);
    }

    static List<String> reversible() {
        List<String> tokens = tokens();
        return tokens.subList(1, tokens.size());
    }

    @ParameterizedTest
    @MethodSource("reversible")
    void trap10NoBitOfWhatATokenEncodesMayChange(String token) {
        Revealer revealer = Revealer.open(Vectors.keyset());
        int start = token.lastIndexOf('.') + 1;
        byte[] bytes = Base64Url.decode(token.substring(start)).orElseThrow();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String changed = token.substring(0, start) + Base64Url.encode(bytes);
            RevealException refused = catchThrowableOfType(RevealException.class, () -> revealer.reveal(changed, "ip"));
            assertThat(refused.code()).isEqualTo(Code.TAMPERED);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }
}
