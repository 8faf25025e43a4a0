package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.engine.config.ConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskConfigTest {
    @Test
    void bindsEveryOption() {
        MaskConfig config = ConfigBuilder.of(MaskConfig.class)
                .set("keyset", "env:KEYS")
                .set(
                        "fields",
                        List.of(
                                Map.of(
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
                                        "keep"),
                                Map.of("path", "x", "method", "redact", "text", "#")))
                .build();
        assertThat(config)
                .isEqualTo(MaskConfig.of(
                        "env:KEYS",
                        MaskField.of("ip", "aes-gcm")
                                .withTo("m")
                                .withType("ip")
                                .withDomain("d")
                                .optional()
                                .keepingTokens(),
                        MaskField.of("x", "redact").withText("#")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aesgcm | method: unknown method \"aesgcm\"; did you mean \"aes-gcm\"?",
                "AES_GCM | method: unknown method \"AES_GCM\"; did you mean \"aes-gcm\"?",
                "hmac-sha256 | method: unknown method \"hmac-sha256\"; did you mean \"hmac\"?",
                "scramble | method: unknown method \"scramble\"; there is hmac, aes-gcm, redact, nullify",
                "aes-gcm-siv | method: \"aes-gcm-siv\" is not in this version of etlkit yet; there is hmac, aes-gcm, redact,"
                        + " nullify",
                "SHA-256 | method: \"SHA-256\" is a hash without a key, and there is none on purpose: whoever holds the table"
                        + " could try all values (all of IPv4 takes minutes); take hmac, which needs a key to try them",
            })
    void refusesMethods(String method, String message) {
        assertThatThrownBy(() -> MaskField.of("ip", method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesTypes() {
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withType("uuid"))
                .hasMessage("type: \"uuid\" is not in this version of etlkit yet; there is text, ip");
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withType("ipv4"))
                .hasMessage("type: unknown type \"ipv4\"; did you mean \"ip\"?");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> MaskField.of("ip", "redact").withDomain("d"))
                .hasMessage("domain: redact does not look at the value; leave it out");
        assertThatThrownBy(() -> MaskField.of("ip", "nullify").withType("ip"))
                .hasMessage("type: nullify does not look at the value; leave it out");
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withText("#"))
                .hasMessage("text: only redact writes a text; leave it out");
        assertThatThrownBy(() -> MaskField.of("ip", "hmac").withDomain("a b"))
                .hasMessage("domain: a domain is 1 to 128 printable ASCII characters without blanks");
        assertThatThrownBy(() -> MaskField.of("stra\u00dfe", "hmac"))
                .hasMessage(
                        "domain: a domain is 1 to 128 printable ASCII characters without blanks; the field's path is"
                                + " none, so name one");
        assertThatThrownBy(() -> MaskField.of("s[*].ip", "hmac").withTo("ips"))
                .hasMessage(
                        "to: \"ips\" does not lie in the same element as \"s[*].ip\": up to the last [*] the two have to"
                                + " be the same");
        assertThatThrownBy(() -> MaskField.of("s[*]", "hmac").withTo("t[*]")).hasMessageStartingWith("to: ");
    }

    @Test
    void refusesStepsThatCanNotWork() {
        assertThatThrownBy(() -> new MaskConfig(Optional.empty(), List.of(MaskField.of("ip", "hmac"))))
                .hasMessage("keyset: the methods hmac and aes-gcm need one; make it with: etl keys init keys/pii.json");
        assertThatThrownBy(() -> MaskConfig.of("k")).hasMessage("fields: name at least one field");
        MaskField ip = MaskField.of("ip", "hmac").withTo("m");
        assertThatThrownBy(
                        () -> MaskConfig.of("k", ip, MaskField.of("x", "hmac").withTo("m")))
                .hasMessage("fields: two fields are written to \"m\"");
        assertThatThrownBy(
                        () -> MaskConfig.of("k", ip, MaskField.of("x", "hmac").withTo("m.n")))
                .hasMessage("fields: \"m.n\" lies inside \"m\", which is written too");
    }
}
