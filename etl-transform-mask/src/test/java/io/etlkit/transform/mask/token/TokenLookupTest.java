package io.etlkit.transform.mask.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Vectors;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.TokenLookup.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLookupTest {
    private static final Vectors.Positive IP = Vectors.named("ip");

    @Test
    void findsTheGoldenTokensOfAValueInAnySpelling() {
        TokenLookup lookup = TokenLookup.open(Vectors.keyset(), IP.domain(), "ip");
        assertThat(lookup.tokensOf("::ffff:203.0.113.9")).containsExactly(new Tokens(IP.hmacToken(), IP.token()));
    }

    @Test
    void findsATokenForEachEncryptionKeyAndTheyShareTheirStart() throws Exception {
        Keyset keyset = Vectors.encRotated();
        List<Tokens> tokens = TokenLookup.open(keyset, IP.domain(), "ip").tokensOf(IP.value());
        assertThat(tokens).hasSize(2).extracting(Tokens::irreversible).containsOnly(IP.hmacToken());
        assertThat(tokens.get(0).reversible()).isNotEqualTo(IP.token());
        assertThat(tokens.get(1).reversible()).isEqualTo(IP.token());
        for (Tokens each : tokens) {
            assertThat(Revealer.open(keyset)
                            .reveal(each.reversible(), IP.domain())
                            .value())
                    .isEqualTo(IP.value());
        }
    }

    @Test
    void findsATokenForEachGenerationThatIsInTablesAndNoneForOthers() {
        Keyset onion = Vectors.onion();
        List<Tokens> tokens = TokenLookup.open(onion, IP.domain(), "ip").tokensOf(IP.value());
        assertThat(tokens).hasSize(2);
        assertThat(tokens.get(0).irreversible())
                .startsWith("mk1." + onion.primary(KeyRole.INDEX).id() + ".");
        assertThat(tokens.get(1)).isEqualTo(new Tokens(IP.hmacToken(), IP.token()));
        Keyset retired = new Keyset(
                "vectors",
                3,
                onion.keys().stream()
                        .map(key -> key.status() == KeyStatus.ACTIVE ? key.in(KeyStatus.RETIRED) : key)
                        .toList());
        assertThat(TokenLookup.open(retired, IP.domain(), "ip").tokensOf(IP.value()))
                .containsExactly(tokens.get(0));
    }

    @Test
    void refusesWhatMaskingWouldRefuse() {
        TokenLookup lookup = TokenLookup.open(Vectors.keyset(), "ip", "ip");
        assertThatThrownBy(() -> lookup.tokensOf("canary"))
                .isInstanceOf(RejectedException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> lookup.tokensOf(IP.token())).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> TokenLookup.open(Vectors.keyset(), "ip", "colour"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> TokenLookup.open(new Keyset("empty", 1, List.of()), "ip", "ip"))
                .isInstanceOf(StartupException.class)
                .hasMessage("keyset \"empty\" has no index key, or no key of kind enc, that rows may have been written"
                        + " with");
    }
}
