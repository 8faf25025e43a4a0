package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.testkit.TestConfig;
import io.etlkit.transform.mask.MaskField.OnInvalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskConfigTest {
    @Test
    void bindsEveryOption() {
        Map<String, Object> token = Map.of(
                "path",
                "ip",
                "to",
                "m",
                "method",
                "aes-gcm",
                "type",
                "ip",
                "domain",
                "d",
                "required",
                false,
                "existing",
                "keep",
                "onInvalid",
                "redact",
                "text",
                "?");
        Map<String, Object> random = Map.of(
                "path", "d", "method", "aes-gcm-random", "coerce", "string", "index", "hmac", "indexTo", "d_index");
        MaskConfig config = TestConfig.bind(
                MaskConfig.class,
                Map.of(
                        "keyset",
                        "env:KEYS",
                        "fields",
                        List.of(
                                token,
                                random,
                                Map.of("path", "n", "method", "ip-prefix", "v4", 16, "v6", 32),
                                Map.of("path", "p", "method", "partial", "keep", 2, "onInvalid", "nullify"),
                                Map.of("path", "x", "method", "redact", "text", "#"))));
        assertThat(config)
                .isEqualTo(MaskConfig.of(
                        "env:KEYS",
                        MaskField.of("ip", "aes-gcm")
                                .withTo("m")
                                .withType("ip")
                                .withDomain("d")
                                .optional()
                                .keepingTokens()
                                .withOnInvalid(OnInvalid.REDACT)
                                .withText("?"),
                        MaskField.of("d", "aes-gcm-random").coercingToString().withIndexTo("d_index"),
                        MaskField.of("n", "ip-prefix").withPrefixes(16, 32),
                        MaskField.of("p", "partial").withKeep(2).withOnInvalid(OnInvalid.NULLIFY),
                        MaskField.of("x", "redact").withText("#")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aesgcm | method: unknown method \"aesgcm\"; did you mean \"aes-gcm\"?",
                "AES_GCM | method: unknown method \"AES_GCM\"; did you mean \"aes-gcm\"?",
                "hmac-sha256 | method: unknown method \"hmac-sha256\"; did you mean \"hmac\"?",
                "scramble | method: unknown method \"scramble\"; there is hmac, aes-gcm, aes-gcm-siv, aes-gcm-random,"
                        + " ip-prefix, partial, redact, nullify",
                "aesgcmsiv | method: unknown method \"aesgcmsiv\"; did you mean \"aes-gcm-siv\"?",
                "AES-GCM-RANDOM | method: unknown method \"AES-GCM-RANDOM\"; did you mean \"aes-gcm-random\"?",
                "SHA-256 | method: \"SHA-256\" is a hash without a key, and there is none on purpose: whoever holds the table"
                        + " could try all values (of IPv4 there are few enough); take hmac, which needs a key to try them",
            })
    void refusesMethods(String method, String message) {
        assertThatThrownBy(() -> MaskField.of("ip", method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTypes() {
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withType("phone"))
                .hasMessage("type: unknown type \"phone\"; there is text, ip, uuid, number, email");
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withType("ipv4"))
                .hasMessage("type: unknown type \"ipv4\"; did you mean \"ip\"?");
    }

    @Test
    void refusesWhatDoesNotFitTheMethod() {
        String tokens = "hmac, aes-gcm, aes-gcm-siv, aes-gcm-random";
        refuses(
                () -> of("redact").withDomain("d"),
                "domain: redact does not use it; leave it out (it is for " + tokens + ")");
        refuses(
                () -> of("nullify").withType("ip"),
                "type: nullify does not use it; leave it out (it is for " + tokens + ")");
        refuses(
                () -> of("partial").withType("email"),
                "type: partial does not use it; leave it out (it is for " + tokens + ")");
        refuses(
                () -> of("ip-prefix").withType("uuid"),
                "type: ip-prefix does not use it; leave it out (it is for " + tokens + ")");
        refuses(
                () -> of("ip-prefix").coercingToString(),
                "coerce: ip-prefix does not use it; leave it out (it is for " + tokens + ", partial)");
        refuses(
                () -> of("aes-gcm-random").keepingTokens(),
                "existing: aes-gcm-random does not use it; leave it out (it is for hmac, aes-gcm, aes-gcm-siv)");
        refuses(
                () -> of("aes-gcm").withIndexTo("i"),
                "index: aes-gcm does not use it; leave it out (it is for aes-gcm-random)");
        refuses(() -> of("hmac").withKeep(2), "keep: hmac does not use it; leave it out (it is for partial)");
        refuses(() -> of("hmac").withPrefixes(1, 2), "v4: hmac does not use it; leave it out (it is for ip-prefix)");
        refuses(
                () -> of("redact").withOnInvalid(OnInvalid.NULLIFY),
                "onInvalid: redact does not use it; leave it out (it is for " + tokens + ", ip-prefix, partial)");
        refuses(
                () -> of("hmac").withText("#"),
                "text: only the method redact and onInvalid: redact write a text; leave it out");
    }

    @Test
    void refusesOptionsThatDoNotFitTogether() {
        refuses(
                () -> of("hmac").withType("number").coercingToString(),
                "coerce: string is for type text, and the type is number; leave one of them out");
        refuses(
                () -> of("hmac").coercingToString().withType("ip"),
                "coerce: string is for type text, and the type is ip; leave one of them out");
        refusesIndex(
                Map.of("index", "hmac"),
                "indexTo: index needs a field to write to, as in indexTo: ip_index; equal values can be told there");
        refusesIndex(Map.of("indexTo", "i"), "index: indexTo names a field for it; add index: hmac");
    }

    private static void refusesIndex(Map<String, String> options, String message) {
        Map<String, Object> field = new HashMap<>(options);
        field.put("path", "ip");
        field.put("method", "aes-gcm-random");
        assertThatThrownBy(() -> TestConfig.bind(MaskConfig.class, Map.of("keyset", "k", "fields", List.of(field))))
                .hasMessageContaining(message);
    }

    @Test
    void refusesNumbersThatMaskNothing() {
        refuses(() -> of("partial").withKeep(0), "keep: 0 is not 1 or more; 0 would keep nothing: take redact");
        refuses(
                () -> of("ip-prefix").withPrefixes(32, 48),
                "v4: 32 is not from 1 to 31; 32 would keep the whole address");
        refuses(
                () -> of("ip-prefix").withPrefixes(24, 128),
                "v6: 128 is not from 1 to 127; 128 would keep the whole address");
        refuses(
                () -> of("ip-prefix").withPrefixes(0, 48),
                "v4: 0 is not from 1 to 31; 32 would keep the whole address");
    }

    @Test
    void refusesDomainsAndTargets() {
        refuses(
                () -> of("hmac").withDomain("a b"),
                "domain: a domain is 1 to 128 printable ASCII characters without blanks");
        refuses(
                () -> MaskField.of("stra\u00dfe", "hmac"),
                "domain: a domain is 1 to 128 printable ASCII characters without blanks; the field's path is"
                        + " none, so name one");
        refuses(
                () -> MaskField.of("s[*].ip", "hmac").withTo("ips"),
                "to: \"ips\" does not lie in the same element as \"s[*].ip\": up to the last [*] the two have to"
                        + " be the same");
        refuses(
                () -> MaskField.of("s[*].ip", "aes-gcm-random").withIndexTo("ips"),
                "indexTo: \"ips\" does not lie in the same element as \"s[*].ip\": up to the last [*] the two have to"
                        + " be the same");
        assertThatThrownBy(() -> MaskField.of("s[*]", "hmac").withTo("t[*]")).hasMessageStartingWith("to: ");
    }

    @Test
    void refusesStepsThatCanNotWork() {
        assertThatThrownBy(() -> new MaskConfig(Optional.empty(), List.of(MaskField.of("ip", "hmac"))))
                .hasMessage("keyset: the method hmac needs one; make it with: etl keys init keys/pii.json");
        assertThatThrownBy(() -> MaskConfig.of("k")).hasMessage("fields: name at least one field");
        MaskField ip = MaskField.of("ip", "hmac").withTo("m");
        assertThatThrownBy(
                        () -> MaskConfig.of("k", ip, MaskField.of("x", "hmac").withTo("m")))
                .hasMessage("fields: two fields are written to \"m\"");
        assertThatThrownBy(
                        () -> MaskConfig.of("k", ip, MaskField.of("x", "hmac").withTo("m.n")))
                .hasMessage("fields: \"m.n\" lies inside \"m\", which is written too");
    }

    @Test
    void anIndexTakesAPlaceLikeAnyOtherTarget() {
        MaskField random = MaskField.of("ip", "aes-gcm-random").withIndexTo("i");
        refuses(
                () -> MaskConfig.of("k", random, MaskField.of("x", "hmac").withTo("i")),
                "fields: two fields are written to \"i\"");
        refuses(
                () -> MaskConfig.of("k", MaskField.of("ip", "aes-gcm-random").withIndexTo("ip")),
                "fields: two fields are written to \"ip\"");
    }

    private static void refuses(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static MaskField of(String method) {
        return MaskField.of("ip", method);
    }
}
