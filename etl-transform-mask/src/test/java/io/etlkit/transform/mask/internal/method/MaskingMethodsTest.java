package io.etlkit.transform.mask.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.SeededRandom;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskField.OnInvalid;
import io.etlkit.transform.mask.Masking;
import io.etlkit.transform.mask.TokenKind;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealed;
import io.etlkit.transform.mask.token.Revealer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the methods write that are not covered by the golden vectors. */
class MaskingMethodsTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 24, 48, 203.0.113.0/24",
        "203.0.113.9, 16, 48, 203.0.0.0/16",
        "203.0.113.255, 25, 48, 203.0.113.128/25",
        "203.0.113.9, 1, 48, 128.0.0.0/1",
        "203.0.113.9, 31, 48, 203.0.113.8/31",
        "::ffff:203.0.113.9, 24, 48, 203.0.113.0/24",
        "::FFFF:cb00:7109, 24, 48, 203.0.113.0/24",
        "2001:db8:1:2:3:4:5:6, 24, 48, 2001:db8:1::/48",
        "2001:DB8:1:2:3:4:5:6%eth0, 24, 64, 2001:db8:1:2::/64",
        "2001:db8:ffff::1, 24, 33, 2001:db8:8000::/33",
        "fe80::1, 24, 1, 8000::/1",
        "::1, 24, 127, ::/127",
        "::fffe:203.0.113.9, 24, 127, ::fffe:cb00:7108/127",
    })
    void ipPrefixKeepsTheNetwork(String address, int v4, int v6, String network) {
        assertThat(new Masking(MaskField.of("v", "ip-prefix").withPrefixes(v4, v6)).text(address))
                .isEqualTo(network);
    }

    @Test
    void ipPrefixIs24And48BitsUnlessItSaysOtherwise() {
        Masking masking = new Masking(MaskField.of("v", "ip-prefix").withType("ip"));
        assertThat(masking.text("203.0.113.9")).isEqualTo("203.0.113.0/24");
        assertThat(masking.text("2001:db8:1:2::9")).isEqualTo("2001:db8:1::/48");
    }

    @Test
    void ipPrefixTakesAddressesOnly() {
        Masking masking = new Masking(MaskField.of("v", "ip-prefix"));
        for (String text : List.of("", "10.0.0", "10.0.0.01", "10.0.0.0/8", "localhost")) {
            assertThat(masking.rejectionOf(text).reason()).isEqualTo("invalid_ip");
        }
        assertThat(masking.rejectionOf(Value.of(167772161)).message())
                .isEqualTo(
                        "ip-prefix masks addresses as text, and the value is of kind number; cast it to a string first");
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, 4, ***1111",
        "12345678, 4, ***5678",
        "' 12345678 ', 4, ***5678",
        "ab, 1, ***b",
        "\ud83d\ude00\ud83d\ude01, 1, ***\ud83d\ude01",
        "xe\u0301, 1, ***\u00e9",
    })
    void partialKeepsTheLastCharacters(String text, int keep, String masked) {
        assertThat(new Masking(MaskField.of("v", "partial").withKeep(keep)).text(text))
                .isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"1234567, 4", "' 1234567 ', 4", "'', 1", "a, 1", "\ud83d\ude00, 1", "abc, 2147483647"})
    void partialRejectsATextThatWouldMostlyShow(String text, int keep) {
        Rejection rejection = new Masking(MaskField.of("v", "partial").withKeep(keep)).rejectionOf(text);
        assertThat(rejection)
                .extracting(Rejection::reason, Rejection::message)
                .containsExactly("too_short", "the text is so short that more than half of it would show");
    }

    @Test
    void partialTakesNumbersWhenTold() {
        Value card = Value.of(new BigDecimal("4111111111111111"));
        assertThat(new Masking(MaskField.of("v", "partial")).rejectionOf(card).reason())
                .isEqualTo("wrong_type");
        assertThat(new Masking(MaskField.of("v", "partial").coercingToString()).textOf(card))
                .isEqualTo("***1111");
    }

    @ParameterizedTest
    @CsvSource({"hmac, text", "aes-gcm, text", "aes-gcm, ip", "aes-gcm-siv, text", "aes-gcm-random, text"})
    void theShortestTokenIsAsLongAsSinksAreTold(String method, String type) {
        String shortestValue = type.equals("ip") ? "::" : "";
        assertThat(Masking.ofValue(method, type, "d").text(shortestValue))
                .hasSize(TokenKind.shortest(method).orElseThrow());
        assertThat(TokenKind.shortest("redact")).isEmpty();
    }

    @Test
    void randomTokensOfOneValueDifferAndAllGiveItBack() throws RevealException {
        Masking masking = Masking.ofValue("aes-gcm-random", "ip", "d");
        Revealer revealer = Revealer.open(Vectors.keyset());
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = masking.text("203.0.113.9");
            tokens.add(token);
            assertThat(token).hasSize(72).matches("mk1r\\.zG7bDQ\\.[\\w-]{60}");
            Revealed revealed = revealer.reveal(token, "d");
            assertThat(revealed).isEqualTo(new Revealed("203.0.113.9", "ip", token.substring(0, 28)));
            assertThat(Revealer.fingerprint(token)).contains(revealed.fingerprint());
        }
        assertThat(tokens).hasSize(1000);
        assertThat(tokens.stream().map(token -> token.substring(12, 28))).doesNotHaveDuplicates();
    }

    @Test
    void randomTokensOfEveryTypeAndLengthComeBack() {
        Masking masking = Masking.ofValue("aes-gcm-random", "text", "d");
        Revealer revealer = Revealer.open(Vectors.keyset());
        SeededRandom.forAll(300, random -> {
            String text = "x" + "\u00e9".repeat(random.nextInt(200)) + "x";
            assertThat(reveal(revealer, masking.text(text), "d")).isEqualTo(text);
        });
    }

    @Test
    void anIndexMakesRandomTokensOfEqualValuesRecognisable() throws RevealException {
        MaskField ip = MaskField.of("v", "aes-gcm-random")
                .withType("ip")
                .withDomain("ip")
                .withTo("masked_ip")
                .withIndexTo("ip_index");
        Masking masking = new Masking(Vectors.keyset(), ip);
        Vectors.Positive vector = Vectors.named("ip");
        var body = masking.body("{\"v\":\"" + vector.value() + "\"}");
        assertThat(body.fields()).containsOnlyKeys("masked_ip", "ip_index");
        assertThat(body.get("ip_index")).contains(Value.of(vector.hmacToken()));
        assertThat(masking.body("{\"v\":null}")).isEqualTo(Masking.json("{\"masked_ip\":null,\"ip_index\":null}"));
        assertThat(MaskConfig.of("k", ip).effects().writes().keySet())
                .extracting(Object::toString)
                .containsExactly("masked_ip", "ip_index");
        assertThat(MaskConfig.of("k", ip).effects().removes())
                .extracting(Object::toString)
                .containsExactly("v");
    }

    @Test
    void anIndexMayTakeThePlaceOfTheField() {
        Masking masking = new Masking(
                Vectors.keyset(),
                MaskField.of("s[*].ip", "aes-gcm-random").withTo("s[*].token").withIndexTo("s[*].ip"));
        List<Value> tokens = masking.select("{\"s\":[{\"ip\":\"a\"},{\"ip\":\"a\"}]}", "s[*].token");
        List<Value> index = masking.select("{\"s\":[{\"ip\":\"a\"},{\"ip\":\"a\"}]}", "s[*].ip");
        assertThat(tokens).doesNotHaveDuplicates().hasSize(2);
        assertThat(new HashSet<>(index)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac", "aes-gcm", "aes-gcm-siv", "aes-gcm-random"})
    void onInvalidWritesSomethingElseAndNeverTheOriginal(String method) {
        MaskField field = MaskField.of("v", method).withType("ip");
        assertThat(new Masking(field).rejectionOf("canary").reason()).isEqualTo("invalid_ip");
        assertThat(new Masking(field.withOnInvalid(OnInvalid.REDACT)).text("canary"))
                .isEqualTo("[redacted]");
        assertThat(new Masking(field.withOnInvalid(OnInvalid.REDACT).withText("?")).textOf(Value.of(true)))
                .isEqualTo("?");
        assertThat(new Masking(field.withOnInvalid(OnInvalid.NULLIFY)).value(Value.of("canary")))
                .isEqualTo(Value.ofNull());
    }

    @Test
    void onInvalidIsForEveryReasonThatLiesInTheValue() {
        List<MaskField> fields = List.of(
                MaskField.of("v", "partial").withKeep(9),
                MaskField.of("v", "ip-prefix"),
                MaskField.of("v", "hmac").withType("uuid"),
                MaskField.of("v", "hmac").withType("email"),
                MaskField.of("v", "hmac").withType("number"));
        for (MaskField field : fields) {
            assertThat(new Masking(field.withOnInvalid(OnInvalid.NULLIFY)).value(Value.of("canary")))
                    .isEqualTo(Value.ofNull());
        }
        Masking text = new Masking(MaskField.of("v", "hmac").withOnInvalid(OnInvalid.NULLIFY));
        assertThat(text.value(Value.of("\udc00"))).isEqualTo(Value.ofNull());
        assertThat(text.value(Value.of(1))).isEqualTo(Value.ofNull());
        Masking number =
                new Masking(MaskField.of("v", "hmac").withType("number").withOnInvalid(OnInvalid.NULLIFY));
        assertThat(number.value(Value.of(new BigDecimal("1e99")))).isEqualTo(Value.ofNull());
    }

    @Test
    void onInvalidLetsNoForgedTokenMissingFieldOrObjectThrough() {
        Masking masking = new Masking(MaskField.of("v", "hmac").withOnInvalid(OnInvalid.REDACT));
        assertThat(masking.rejectionOf(Vectors.named("ip").hmacToken()).reason())
                .isEqualTo("already_masked");
        assertThat(masking.rejectionOf(Masking.json("[1]")).reason()).isEqualTo("not_a_scalar");
        assertThat(masking.rejectionOfBody("{}").reason()).isEqualTo("missing_field");
    }

    @ParameterizedTest
    @CsvSource({
        "hmac, mk1\\.[\\w.-]{29}",
        "aes-gcm, mk1\\.[\\w.-]{82}",
        "aes-gcm-siv, mk1\\.[\\w.-]{82}",
        "aes-gcm-random, mk1r\\.[\\w.-]{67}",
        "ip-prefix, 10\\.0\\.0\\.0/24",
        "partial, \\*\\*\\*[.\\w]{4}",
        "redact, \\[redacted]",
    })
    void everyMethodReachesNestedFieldsAndElements(String method, String masked) {
        String body =
                "{\"ip\":\"10.0.0.11\",\"u\":{\"d\":{\"ip\":\"10.0.0.12\"}},\"s\":[{\"ip\":\"10.0.0.13\",\"k\":1},"
                        + "{\"ip\":null}],\"l\":[\"10.0.0.14\",null],\"g\":[{\"h\":[\"10.0.0.15\"]}]}";
        List<MaskField> fields = new ArrayList<>();
        for (String path : List.of("ip", "u.d.ip", "s[*].ip", "l[*]", "g[*].h[*]")) {
            fields.add(MaskField.of(path, method));
        }
        Masking masking = new Masking(fields.toArray(MaskField[]::new));
        for (MaskField field : fields) {
            List<Value> values = masking.select(body, field.path().toString());
            assertThat(Masking.textIn(values.get(0))).matches(masked);
            assertThat(values.subList(1, values.size())).allMatch(Value::isNull);
        }
    }

    @Test
    void oneFieldBecomesATokenAndANetwork() {
        Masking masking = new Masking(
                MaskField.of("v", "aes-gcm").withType("ip").withDomain("ip").withTo("masked_ip"),
                MaskField.of("v", "ip-prefix").withTo("ip_network"));
        assertThat(masking.body("{\"v\":\"203.0.113.9\"}"))
                .isEqualTo(Masking.json(
                        "{\"masked_ip\":\"" + Vectors.named("ip").token() + "\",\"ip_network\":\"203.0.113.0/24\"}"));
    }

    private static String reveal(Revealer revealer, String token, String domain) {
        try {
            return revealer.reveal(token, domain).value();
        } catch (RevealException refused) {
            throw new AssertionError(refused);
        }
    }
}
