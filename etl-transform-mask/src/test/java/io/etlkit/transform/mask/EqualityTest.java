package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.Value;
import io.etlkit.testkit.SeededRandom;
import io.etlkit.transform.mask.internal.type.IpText;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two values have equal fingerprints if, and only if, they are equal in canonical form. */
class EqualityTest {
    private static final int MANY = 1_000_000;
    private static final int SOME = 50_000;

    private static final Pattern OUTER_WHITE_SPACE = Pattern.compile("(?U)^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$");

    @Test
    void textsAreEqualWhenTheirCanonicalFormsAre() {
        SeededRandom.forAll(
                1,
                random ->
                        holds(MANY, Masking.ofValue("hmac", "text", "d"), () -> text(random), EqualityTest::textForm));
    }

    @Test
    void addressesAreEqualWhenTheirBytesAre() {
        SeededRandom.forAll(
                1,
                random -> holds(SOME, Masking.ofValue("hmac", "ip", "d"), () -> address(random), value -> {
                    byte[] bytes = new byte[IpText.LENGTH];
                    assertThat(IpText.parse(value, bytes, 0)).isTrue();
                    return IpText.format(bytes, 0);
                }));
    }

    @Test
    void emailsAreEqualWhenTheirHostsAreInLowerCase() {
        SeededRandom.forAll(
                1,
                random -> holds(SOME, Masking.ofValue("hmac", "email", "d"), () -> email(random), value -> {
                    String form = textForm(value).replaceAll("\\.+$", "");
                    int at = form.lastIndexOf('@');
                    return form.substring(0, at) + form.substring(at).toLowerCase(java.util.Locale.ROOT);
                }));
    }

    @Test
    void numbersAreEqualWhenTheyCompareAsEqual() {
        SeededRandom.forAll(1, random -> {
            Masking masking = Masking.ofValue("hmac", "number", "d");
            Map<Value, String> tokens = new HashMap<>();
            Set<String> distinct = new HashSet<>();
            for (int i = 0; i < SOME; i++) {
                BigDecimal number = BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(7) - 3);
                BigDecimal spelled = random.nextBoolean()
                        ? number.setScale(Math.max(number.scale(), random.nextInt(9)), RoundingMode.UNNECESSARY)
                        : number;
                String token = masking.textOf(Value.of(spelled));
                distinct.add(token);
                agree(tokens.put(Value.of(spelled), token), token);
            }
            assertThat(distinct).hasSameSizeAs(tokens.keySet()).hasSizeLessThan(SOME / 2);
        });
    }

    @Test
    void reversibleTokensAreEqualWhenTheValuesAreAndGiveThemBack() {
        for (String method : new String[] {"aes-gcm", "aes-gcm-siv"}) {
            SeededRandom.forAll(1, random -> {
                Masking masking = Masking.ofValue(method, "text", "d");
                Revealer revealer = Revealer.open(Vectors.keyset());
                holds(SOME / 5, masking, () -> text(random), EqualityTest::textForm);
                for (int i = 0; i < SOME / 50; i++) {
                    String text = text(random);
                    try {
                        assertThat(revealer.reveal(masking.text(text), "d").value())
                                .isEqualTo(textForm(text));
                    } catch (RevealException refused) {
                        throw new AssertionError(refused);
                    }
                }
            });
        }
    }

    @FunctionalInterface
    private interface Values {
        String next();
    }

    private static void holds(int times, Masking masking, Values values, Function<String, String> canonical) {
        Map<String, String> tokenByForm = new HashMap<>();
        Map<String, String> formByToken = new HashMap<>();
        for (int i = 0; i < times; i++) {
            String value = values.next();
            String form = canonical.apply(value);
            String token = masking.text(value);
            agree(tokenByForm.put(form, token), token);
            agree(formByToken.put(token, form), form);
        }
        assertThat(tokenByForm).hasSizeLessThan(times).hasSizeGreaterThan(times / 100);
    }

    /** Not an AssertJ assertion: a million of them take longer than what they check. */
    private static void agree(String before, String now) {
        if (before != null && !before.equals(now)) {
            throw new AssertionError("two values agree in form or fingerprint, and not in the other");
        }
    }

    /** Short texts meet often; some are spelled otherwise or have white space around them. */
    private static String text(Random random) {
        String text = random.nextBoolean() ? Integer.toString(random.nextInt(100_000)) : SeededRandom.text(random, 3);
        return switch (random.nextInt(4)) {
            case 0 -> " \t" + text + "\u2003\u0085";
            case 1 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            default -> text;
        };
    }

    /** The canonical form once more, in another way. */
    private static String textForm(String text) {
        return OUTER_WHITE_SPACE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll("");
    }

    private static String address(Random random) {
        String ipv4 = "10.0." + random.nextInt(40) + "." + random.nextInt(256);
        String ipv6 = "2001:db8::" + Integer.toHexString(random.nextInt(10_000));
        return switch (random.nextInt(5)) {
            case 0 -> ipv4;
            case 1 -> "::ffff:" + ipv4;
            case 2 -> ipv6;
            case 3 -> ipv6.replace("::", ":0:0:00:000:0000:");
            default -> ipv6.toUpperCase(java.util.Locale.ROOT) + "%en" + random.nextInt(3);
        };
    }

    private static String email(Random random) {
        String local = (random.nextBoolean() ? "u" : "U") + random.nextInt(500);
        String host = random.nextBoolean() ? "Example.ORG" : "example.org";
        return " ".repeat(random.nextInt(2)) + local + "@" + host + ".".repeat(random.nextInt(3));
    }
}
