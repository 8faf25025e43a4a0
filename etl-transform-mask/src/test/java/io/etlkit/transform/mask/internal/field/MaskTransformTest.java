package io.etlkit.transform.mask.internal.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TransformHarness;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.MaskPlugin;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTransformTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeKeyset() throws Exception {
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(folder.resolve("pii.json"));
        }
    }

    @Test
    void movesAMaskedFieldAndRemovesTheOriginal() {
        String out = apply("{\"a\":1,\"ip\":\"10.0.0.1\",\"z\":2}", redact("ip").withTo("masked_ip"));
        assertThat(out).isEqualTo("{\"a\":1,\"z\":2,\"masked_ip\":\"#\"}");
    }

    @Test
    void masksInPlace() {
        assertThat(apply("{\"a\":1,\"ip\":\"10.0.0.1\",\"z\":2}", redact("ip")))
                .isEqualTo("{\"a\":1,\"ip\":\"#\",\"z\":2}");
        assertThat(apply("{\"ip\":\"10.0.0.1\"}", MaskField.of("ip", "nullify")))
                .isEqualTo("{\"ip\":null}");
    }

    @Test
    void masksNumbersAndBooleansWhereTheValueDoesNotMatter() {
        assertThat(apply("{\"a\":1,\"b\":true}", redact("a"), MaskField.of("b", "nullify")))
                .isEqualTo("{\"a\":\"#\",\"b\":null}");
    }

    @Test
    void masksOneFieldTwiceFromTheOriginal() {
        String out = apply(
                "{\"ip\":\"10.0.0.1\"}",
                MaskField.of("ip", "aes-gcm").withType("ip").withTo("token"),
                MaskField.of("ip", "hmac").withType("ip"));
        assertThat(out).matches("\\{\"ip\":\"mk1\\.[\\w.-]{29}\",\"token\":\"mk1\\.[\\w.-]{82}\"}");
        assertThat(out.substring(7, 40)).isEqualTo(out.substring(51, 84));
    }

    @Test
    void masksNestedFieldsAndEveryElement() {
        assertThat(apply(
                        "{\"u\":{\"ip\":\"1\",\"k\":1},\"s\":[{\"ip\":\"2\"},{\"ip\":null}],\"l\":[\"3\",null,\"4\"],\"g\":[[\"5\"],[]]}",
                        redact("u.ip").withTo("u.net.masked"),
                        redact("s[*].ip").withTo("s[*].m"),
                        redact("l[*]"),
                        redact("g[*][*]")))
                .isEqualTo("{\"u\":{\"k\":1,\"net\":{\"masked\":\"#\"}},\"s\":[{\"m\":\"#\"},{\"m\":null}],"
                        + "\"l\":[\"#\",null,\"#\"],\"g\":[[\"#\"],[]]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ip | {} | missing_field",
                "u.ip | {\"u\":{}} | missing_field",
                "u.ip | {\"u\":null} | missing_field",
                "u.ip | {\"u\":\"canary\"} | not_an_object",
                "u.ip | {\"u\":[\"canary\"]} | not_an_object",
                "s[*].ip | {} | missing_field",
                "s[*].ip | {\"s\":null} | missing_field",
                "s[*].ip | {\"s\":[{}]} | missing_field",
                "s[*].ip | {\"s\":[null]} | missing_field",
                "s[*].ip | {\"s\":[\"canary\"]} | not_an_object",
                "s[*].ip | {\"s\":\"canary\"} | not_a_list",
                "s[*].ip | {\"s\":{\"ip\":\"canary\"}} | not_a_list",
                "u.s[*] | {\"u\":\"canary\"} | not_an_object",
                "ip | [] | not_an_object",
                "ip | \"canary\" | not_an_object",
            })
    void rejects(String path, String body, String reason) {
        try (TransformHarness harness = harness(redact(path))) {
            assertThat(harness.rejectionOf(body).reason()).isEqualTo(reason);
        }
        if (!reason.equals("missing_field")) {
            try (TransformHarness harness = harness(redact(path).optional())) {
                assertThat(harness.rejectionOf(body).reason()).isEqualTo(reason);
            }
        }
    }

    @Test
    void aFieldThatMayBeMissingMayBeMissing() {
        assertThat(apply("{\"a\":1}", redact("ip").optional())).isEqualTo("{\"a\":1}");
        assertThat(apply("{\"s\":[{\"b\":2}]}", redact("s[*].ip").optional())).isEqualTo("{\"s\":[{\"b\":2}]}");
    }

    @Test
    void whoeverSendsTheTargetInPlaceOfTheFieldDoesNotGetItThrough() {
        String forged = "{\"masked_ip\":\"mk1.hTzlDQ.KCGEvUNFs42MPSe1PpggHw\",\"a\":1}";
        assertThat(apply(forged, MaskField.of("ip", "hmac").withTo("masked_ip").optional()))
                .isEqualTo("{\"a\":1}");
        assertThat(apply(
                        "{\"u\":" + forged + "}",
                        redact("u.ip").withTo("u.masked_ip").optional()))
                .isEqualTo("{\"u\":{\"a\":1}}");
        assertThat(apply("{\"masked_ip\":\"forged\",\"ip\":null}", redact("ip").withTo("masked_ip")))
                .isEqualTo("{\"masked_ip\":null}");
    }

    @Test
    void tellsWhichFieldsItTouches() {
        MaskConfig config = MaskConfig.of(
                "k",
                MaskField.of("ip", "hmac").withTo("m"),
                MaskField.of("d", "hmac"),
                redact("u.x").withTo("u.y"));
        assertThat(MaskPlugin.MASK.fields(config))
                .isEqualTo(FieldEffects.moves(
                                Set.of(FieldPath.parse("ip"), FieldPath.parse("u.x")),
                                Map.of(
                                        FieldPath.parse("m"), Set.of(),
                                        FieldPath.parse("d"), Set.of(),
                                        FieldPath.parse("u.y"), Set.of()))
                        .withTexts(Map.of(FieldPath.parse("m"), 33, FieldPath.parse("d"), 33)));
        assertThat(MaskPlugin.MASK.keyset(config)).contains("k");
    }

    @Test
    void needsNoKeysetWithoutKeys() {
        MaskConfig config = new MaskConfig(Optional.empty(), List.of(redact("ip")));
        try (TransformHarness harness = TransformHarness.of(MaskPlugin.MASK, config)) {
            assertThat(harness.apply("{\"ip\":\"1\"}")).containsExactly("{\"ip\":\"#\"}");
        }
    }

    @Test
    void doesNotStartWithoutItsKeyset() {
        MaskConfig config = MaskConfig.of("nowhere.json", MaskField.of("ip", "hmac"));
        Path missing = folder.resolve("nowhere.json");
        assertThatThrownBy(() ->
                        MaskPlugin.MASK.create(config, TestContext.defaults().withBaseDirectory(folder)))
                .isInstanceOf(StartupException.class)
                .hasMessage("keyset " + missing + ": there is no such file; make one with: etl keys init " + missing);
    }

    private String apply(String body, MaskField... fields) {
        try (TransformHarness harness = harness(fields)) {
            return harness.apply(body).get(0);
        }
    }

    private TransformHarness harness(MaskField... fields) {
        return TransformHarness.of(
                MaskPlugin.MASK,
                MaskConfig.of("pii.json", fields),
                TestContext.defaults().withBaseDirectory(folder));
    }

    private static MaskField redact(String path) {
        return MaskField.of(path, "redact").withText("#");
    }
}
