package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search that the leak drills rely on finds what is there, in each spelling, and nothing else. */
class CanarySearchTest {
    private static final List<Canary> CANARIES = List.of(
            Canary.word("word"),
            Canary.number("number"),
            Canary.ipv4("v4"),
            Canary.mapped("mapped"),
            Canary.ipv6("v6"),
            Canary.secret("secret", UUID.randomUUID().toString()));

    private final CanarySearch search = new CanarySearch(CANARIES);

    static List<Canary> canaries() {
        return CANARIES;
    }

    private void assertFound(Canary canary, String planted) {
        assertThat(search.in("some text " + planted + " and more")).containsExactly(canary.bait());
        assertThat(search.in(planted)).containsExactly(canary.bait());
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void findsAPlainOne(Canary canary) {
        assertFound(canary, canary.text());
        assertFound(canary, canary.text().toLowerCase(Locale.ROOT));
        assertFound(canary, canary.text().toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void findsOneWithinALongerTextInBase64(Canary canary) {
        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(),
                Base64.getUrlEncoder(),
                Base64.getUrlEncoder().withoutPadding())) {
            for (String before : List.of("", "x", "xx", "{\"ip\":\"")) {
                for (String behind : List.of("", "y", "yy", "\",\"a\":1}")) {
                    byte[] longer = (before + canary.text() + behind).getBytes(StandardCharsets.UTF_8);
                    assertFound(canary, encoder.encodeToString(longer));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void findsOneInHexadecimal(Canary canary) {
        byte[] longer = ("x" + canary.text() + "y").getBytes(StandardCharsets.UTF_8);
        assertFound(canary, "\\x" + HexFormat.of().formatHex(longer));
        assertFound(canary, HexFormat.of().withUpperCase().formatHex(longer));
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void findsAUrlEncodedOne(Canary canary) {
        String encoded = URLEncoder.encode(canary.text(), StandardCharsets.UTF_8);
        assertFound(canary, encoded);
        assertFound(canary, encoded.replace("%3A", "%3a"));
        assertFound(
                canary,
                HexFormat.of()
                        .withPrefix("%")
                        .withUpperCase()
                        .formatHex(canary.text().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void findsAnAddressInAnotherSpelling() throws Exception {
        Canary v6 = CANARIES.get(4);
        byte[] address = InetAddress.getByName(v6.text()).getAddress();
        assertFound(v6, HexFormat.of().formatHex(address));
        assertFound(v6, Base64.getEncoder().encodeToString(address));

        Canary v4 = CANARIES.get(2);
        HexFormat hex = HexFormat.of();
        String groups = hex.formatHex(InetAddress.getByName(v4.text()).getAddress());
        assertFound(v4, "::ffff:" + groups.substring(0, 4) + ":" + groups.substring(4));
    }

    @Test
    void findsTheBytesOfAKey() {
        byte[] bytes = Canary.word("32 bytes and more")
                .text()
                .repeat(2)
                .substring(0, 32)
                .getBytes(StandardCharsets.UTF_8);
        String written = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        CanarySearch forKey = new CanarySearch(List.of(Canary.key("key", written)));

        assertThat(List.of(
                        "{\"key\":\"" + written + "\"}",
                        Base64.getEncoder().encodeToString(bytes),
                        HexFormat.of().formatHex(bytes)))
                .allSatisfy(text -> assertThat(forKey.in(text)).containsExactly("key"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void findsAWordThatWasCutOff(int from) {
        assertFound(CANARIES.get(0), CANARIES.get(0).text().substring(from, from + 12));
    }

    @Test
    void findsSeveralInOneText() {
        String all = CANARIES.get(1).text() + CANARIES.get(0).text() + " "
                + CANARIES.get(4).text();
        assertThat(search.in(all)).containsExactly("number", "v6", "word");
    }

    @Test
    void findsNothingInOtherCanariesOrInOrdinaryText() {
        assertThat(search.in("")).isEmpty();
        assertThat(search.in("2001:db8::1 ::ffff:203.0.113.9 203.0.113.9")).isEmpty();
        assertThat(search.in(Canary.word("other").text() + Canary.ipv6("other").text()))
                .isEmpty();
    }

    @Test
    void saysWhereOneCameFromAndNotWhatItIs() {
        assertThat(CANARIES)
                .allSatisfy(canary -> assertThat(search.in(canary.toString())).isEmpty());
    }
}
