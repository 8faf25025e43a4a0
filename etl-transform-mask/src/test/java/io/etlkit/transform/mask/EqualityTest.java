package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.SeededRandom;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two values have equal fingerprints if, and only if, they are equal in canonical form. */
class EqualityTest {
    private static final int VALUES = 100_000;

    @Test
    void textsAreEqualWhenTheirCanonicalFormsAre() {
        SeededRandom.forAll(1, random -> {
            Masking masking = Masking.ofValue("hmac", "text", "d");
            Map<String, String> tokenByForm = new HashMap<>();
            Map<String, String> formByToken = new HashMap<>();
            for (int i = 0; i < VALUES; i++) {
                String text = text(random);
                String form = canonical(text);
                String token = masking.text(text);
                assertThat(tokenByForm.merge(form, token, (before, now) -> before))
                        .isEqualTo(token);
                assertThat(formByToken.merge(token, form, (before, now) -> before))
                        .isEqualTo(form);
            }
            assertThat(tokenByForm).hasSizeLessThan(VALUES).hasSizeGreaterThan(VALUES / 10);
        });
    }

    @Test
    void reversibleTokensAreEqualWhenTheValuesAreAndGiveThemBack() {
        SeededRandom.forAll(1, random -> {
            Masking masking = Masking.ofValue("aes-gcm", "text", "d");
            Revealer revealer = Revealer.open(Vectors.keyset());
            Map<String, String> tokenByForm = new HashMap<>();
            for (int i = 0; i < VALUES / 10; i++) {
                String text = text(random);
                String token = masking.text(text);
                assertThat(tokenByForm.merge(canonical(text), token, (before, now) -> before))
                        .isEqualTo(token);
                try {
                    assertThat(revealer.reveal(token, "d").value()).isEqualTo(canonical(text));
                } catch (RevealException refused) {
                    throw new AssertionError(refused);
                }
            }
        });
    }

    /** Short texts meet often; some are spelled otherwise or have white space around them. */
    private static String text(Random random) {
        String text = random.nextBoolean() ? Integer.toString(random.nextInt(VALUES)) : SeededRandom.text(random, 3);
        return switch (random.nextInt(4)) {
            case 0 -> " \t" + text + "\u2003\u0085";
            case 1 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            default -> text;
        };
    }

    /** The canonical form once more, in another way. */
    private static String canonical(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("(?U)^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$", "");
    }
}
