package io.etlkit.transform.mask.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Masking;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemaskerTest {
    private static final Vectors.Positive IP = Vectors.named("ip");

    @Test
    void bringsEachGoldenTokenToTheNewEncryptionKeyAndKeepsItsStart() throws Exception {
        Keyset rotated = Vectors.encRotated();
        int seen = 0;
        for (Vectors.Positive golden : Vectors.positives()) {
            for (String token : List.of(golden.token(), golden.sivToken())) {
                if (token.isEmpty()) {
                    continue;
                }
                seen++;
                Remasker remasker = Remasker.open(rotated, golden.domain());
                String masked = remasker.remask(token).orElseThrow();
                assertThat(masked)
                        .startsWith(golden.hmacToken())
                        .isNotEqualTo(token)
                        .hasSameSizeAs(token);
                assertThat(masked.charAt(34)).isEqualTo(token.charAt(34));
                assertThat(masked.substring(35, 41)).isEqualTo(remasker.encryptionKey());
                assertThat(Revealer.open(rotated).reveal(masked, golden.domain()))
                        .isEqualTo(Revealer.open(rotated).reveal(token, golden.domain()));
                assertThat(remasker.remask(masked)).isEmpty();
                assertThat(remasker.remask(golden.hmacToken())).isEmpty();
            }
        }
        assertThat(seen).isGreaterThan(5);
    }

    @Test
    void bringsTokensOfBothKindsToTheKeyThatLiesOverTheirs() throws Exception {
        Keyset onion = Vectors.onion();
        Remasker remasker = Remasker.open(onion, IP.domain());
        assertThat(remasker.remask(IP.hmacToken())).contains(Vectors.in("onion", "hmacToken"));
        assertThat(remasker.remask(IP.token())).contains(Vectors.in("onion", "token"));
        assertThat(remasker.remask(Vectors.in("onion", "hmacToken"))).isEmpty();
        assertThat(remasker.isOutOfReach(IP.hmacToken().substring(4, 10))).isFalse();
    }

    @Test
    void aFreshRootIsOutOfReachForHmacAndNotForReversibleTokens() throws Exception {
        Keyset old = Vectors.onion();
        List<KeysetKey> keys = new ArrayList<>();
        old.keys()
                .forEach(key -> keys.add(
                        key.status() == KeyStatus.PRIMARY && key.role() == KeyRole.INDEX
                                ? key.in(KeyStatus.ACTIVE)
                                : key.in(key.role() == KeyRole.INDEX ? KeyStatus.PRIMARY : key.status())));
        Keyset back = new Keyset("vectors", 3, keys);
        TokenLookup.Tokens over =
                TokenLookup.open(old, IP.domain(), "ip").tokensOf(IP.value()).get(0);
        Remasker remasker = Remasker.open(back, IP.domain());
        assertThat(remasker.remask(over.reversible())).contains(IP.token());
        assertThat(codeOf(remasker, over.irreversible())).isEqualTo(Code.NOT_REVERSIBLE);
        assertThat(remasker.isOutOfReach(over.irreversible().substring(4, 10))).isTrue();
        assertThat(remasker.isOutOfReach("AAAAAA")).isFalse();
    }

    @Test
    void bringsTokensWithARandomNonceToo() throws Exception {
        Keyset before = Vectors.keyset();
        String token = Masking.ofValue("aes-gcm-random", "ip", "ip").text("203.0.113.9");
        Keyset rotated = Vectors.encRotated();
        Remasker remasker = Remasker.open(rotated, "ip");
        String masked = remasker.remask(token).orElseThrow();
        assertThat(masked).startsWith("mk1r." + remasker.encryptionKey() + ".");
        assertThat(Revealer.open(rotated).reveal(masked, "ip").value()).isEqualTo("203.0.113.9");
        assertThatThrownBy(() -> Revealer.open(before).reveal(masked, "ip")).isInstanceOf(RevealException.class);
        assertThat(remasker.remask(masked)).isEqualTo(Optional.empty());
    }

    @Test
    void writesNothingForWhatItCanNotRead() {
        Remasker remasker = Remasker.open(Vectors.encRotated(), IP.domain());
        String flipped = IP.token().substring(0, 50)
                + (IP.token().charAt(50) == 'A' ? 'B' : 'A')
                + IP.token().substring(51);
        assertThat(codeOf(remasker, flipped)).isEqualTo(Code.TAMPERED);
        assertThat(codeOf(Remasker.open(Vectors.encRotated(), "other"), IP.token()))
                .isEqualTo(Code.TAMPERED);
        assertThat(codeOf(remasker, "mk1.AAAAAA" + IP.hmacToken().substring(10)))
                .isEqualTo(Code.UNKNOWN_KEY);
        assertThat(codeOf(remasker, "canary")).isEqualTo(Code.NOT_A_TOKEN);
    }

    @Test
    void refusesAKeysetWithNothingToBringTokensFrom() {
        assertThatThrownBy(() -> Remasker.open(Vectors.keyset(), "ip"))
                .isInstanceOf(StartupException.class)
                .hasMessage("keyset \"vectors\" has no second key of kind enc or index that tokens could be brought"
                        + " from; add one and promote it first: etl keys add, etl keys promote");
        assertThatThrownBy(() -> Remasker.open(Vectors.encRotated(), "a domain"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Code codeOf(Remasker remasker, String token) {
        try {
            remasker.remask(token);
        } catch (RevealException refused) {
            assertThat(refused).hasMessageNotContaining(token);
            return refused.code();
        }
        throw new AssertionError("the token was taken");
    }
}
