package io.etlkit.transform.mask.internal.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.Value;
import io.etlkit.testkit.SeededRandom;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.Masking;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealer;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the types take, and which values are equal under them. */
class ValueTypesTest {
    private static final String UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    @Test
    void uuidsAreEqualInEitherCase() throws RevealException {
        Masking masking = Masking.ofValue("aes-gcm", "uuid", "d");
        String token = masking.text(UUID);
        assertThat(token).hasSize(86).isEqualTo(masking.text(UUID.toUpperCase(Locale.ROOT)));
        assertThat(revealed(token)).isEqualTo(UUID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f81d4fae7dec11d0a76500a0c91e6bf6",
                "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 ",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
                "f81d4fae-7dec-11d0-a765-00a0c91e6b\uff11\uff12",
                "f81d4fae-7dec-11d0-a7650-0a0c91e6bf6",
                "1-1-1-1-1",
            })
    void uuidsAreReadStrictly(String text) {
        assertThat(Masking.ofValue("hmac", "uuid", "d").rejectionOf(text).reason())
                .isEqualTo("invalid_uuid");
    }

    @Test
    void uuidsComeBackAsTheyWere() {
        Masking masking = Masking.ofValue("aes-gcm", "uuid", "d");
        SeededRandom.forAll(500, random -> {
            String uuid = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            assertThat(revealed(masking.text(uuid))).isEqualTo(uuid);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "42.0, 42",
        "4.2e1, 42",
        "420e-1, 42",
        "1e2, 100",
        "0.10, 0.1",
        "-0.50, -0.5",
        "-0, 0",
        "0e999999999, 0",
        "0.000, 0",
        "1e63, 1000000000000000000000000000000000000000000000000000000000000000",
        "1e-62, 0.00000000000000000000000000000000000000000000000000000000000001",
    })
    void numbersHaveOneForm(String written, String form) throws RevealException {
        Masking masking = Masking.ofValue("aes-gcm", "number", "d");
        String token = token(masking, written);
        assertThat(token).isEqualTo(token(masking, form));
        assertThat(revealed(token)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e64", "-1e63", "1e-63", "-1e-62", "1e999999999", "1e-999999999", "100e2147483647"})
    void numbersThatWouldBeLongAreRejectedBeforeTheyAreWrittenOut(String written) {
        assertThat(Masking.ofValue("hmac", "number", "d")
                        .rejectionOf(Value.of(new BigDecimal(written)))
                        .reason())
                .isEqualTo("invalid_number");
    }

    @Test
    void theLengthOfANumberIsThatOfItsText() {
        SeededRandom.forAll(5000, random -> {
            BigDecimal number = BigDecimal.valueOf(random.nextLong(), random.nextInt(140) - 70);
            String plain =
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            assertThat(NumberForm.of(number).isPresent()).as(plain).isEqualTo(plain.length() <= 64);
            NumberForm.of(number).ifPresent(form -> assertThat(form).isEqualTo(plain));
        });
    }

    @Test
    void numbersAreNumbersOnly() {
        assertThat(Masking.ofValue("hmac", "number", "d").rejectionOf("42").message())
                .isEqualTo("type number masks numbers, and the value is of kind text; cast it to a number first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice@example.org | alice@example.org",
                "alice@EXAMPLE.Org | alice@example.org",
                "alice@example.org. | alice@example.org",
                "alice@example.org... | alice@example.org",
                "Alice@example.org | Alice@example.org",
                "\"a@B\"@C.d | \"a@B\"@c.d",
                "a@\u0130.TR | a@\u0130.tr",
                "a@[IPv6:2001:DB8::1] | a@[ipv6:2001:db8::1]",
            })
    void emailHostsAreEqualInEitherCase(String written, String form) throws RevealException {
        Masking masking = Masking.ofValue("aes-gcm", "email", "d");
        assertThat(masking.text("\u2003" + written + " ")).isEqualTo(masking.text(form));
        assertThat(revealed(masking.text(written))).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "@", "@example.org", "alice@", "alice@..", "a@b c", "a@b\u00a0."})
    void whatIsNoEmailIsRejected(String text) {
        assertThat(Masking.ofValue("hmac", "email", "d").rejectionOf(text).reason())
                .isEqualTo("invalid_email");
    }

    @Test
    void emailsWithHalfACharacterAreRejected() {
        assertThat(Masking.ofValue("hmac", "email", "d")
                        .rejectionOf("a\ud800@b.c")
                        .reason())
                .isEqualTo("invalid_text");
    }

    @Test
    void trap6CoercedNumbersEqualTheirText() throws RevealException {
        Masking strict = Masking.ofValue("aes-gcm", "text", "d");
        Masking coercing = new Masking(
                Vectors.keyset(), MaskField.of("v", "aes-gcm").withDomain("d").coercingToString());
        String token = token(coercing, "42.0");
        assertThat(token).isEqualTo(coercing.text("42")).isEqualTo(strict.text("42"));
        assertThat(coercing.text("42.0")).isNotEqualTo(token);
        assertThat(Revealer.open(Vectors.keyset()).reveal(token, "d").type()).isEqualTo("text");
        assertThat(coercing.rejectionOf(Value.of(new BigDecimal("1e64"))).reason())
                .isEqualTo("invalid_number");
        assertThat(coercing.rejectionOf(Value.of(true)).reason()).isEqualTo("wrong_type");
        assertThat(token(Masking.ofValue("aes-gcm", "number", "d"), "42")).isNotEqualTo(token);
    }

    private static String token(Masking masking, String number) {
        return masking.textOf(Value.of(new BigDecimal(number)));
    }

    private static String revealed(String token) {
        try {
            return Revealer.open(Vectors.keyset()).reveal(token, "d").value();
        } catch (RevealException refused) {
            throw new AssertionError(refused);
        }
    }
}
