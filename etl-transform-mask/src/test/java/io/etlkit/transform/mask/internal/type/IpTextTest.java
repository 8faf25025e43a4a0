package io.etlkit.transform.mask.internal.type;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6AddressStringParameters;
import io.etlkit.testkit.SeededRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {
    /** Another library's idea of what is an address, set to be strict. */
    private static final IPAddressStringParameters STRICT = strict();

    private static IPAddressStringParameters strict() {
        IPAddressStringParameters.Builder strict = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefix(false)
                .allowMask(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        strict.getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false)
                .allowBinary(false);
        IPv6AddressStringParameters.Builder six = strict.getIPv6AddressParametersBuilder();
        six.allowBase85(false)
                .allowBinary(false)
                .allowUnlimitedLeadingZeros(false)
                .allow_mixed_inet_aton(false);
        six.getEmbeddedIPv4AddressParametersBuilder().allowLeadingZeros(false);
        return strict.toParams();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:203.0.113.9, 203.0.113.9",
        "::FFFF:CB00:7109, 203.0.113.9",
        "0:0:0:0:0:ffff:203.0.113.9, 203.0.113.9",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:0DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::1.2.3.4, ::102:304",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "fe80::1%eth0, fe80::1",
        "fe80::1%25, fe80::1",
    })
    void readsAndWritesAddresses(String text, String canonical) {
        assertThat(canonical(text)).contains(canonical);
        assertThat(canonical(canonical)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "10.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.-4",
                "1.2.3.+4",
                "1..3.4",
                ".1.2.3.4",
                "1.2.3.4.",
                "0x1.2.3.4",
                "1.2.3.4/24",
                "1.2.3.4:80",
                "1.2.3.4%eth0",
                "\u0661.2.3.4",
                "localhost",
                "4294967295",
                "1.2.3.0000004",
                ":",
                ":::",
                "::::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                ":1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:",
                "12345::",
                "00001::",
                "g::",
                "[::1]",
                "::1/128",
                "fe80::1%",
                "::1.2.3",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.04",
                "1:2:3:4:5:6:1.2.3.4.5",
                "\uff11::"
            })
    void refusesEverythingElse(String text) {
        assertThat(canonical(text)).isEmpty();
    }

    @Test
    void agreesWithAnotherLibraryOnRandomAddresses() {
        SeededRandom.forAll(20_000, random -> {
            byte[] bytes = address(random);
            String text = IpText.format(bytes, 0);
            assertThat(parse(text)).contains(bytes);
            IPAddress other = new IPAddressString(text, STRICT).getAddress();
            assertThat(other).isNotNull();
            IPAddress six = other.isIPv4() ? other.toIPv4().getIPv4MappedAddress() : other;
            assertThat(HexFormat.of().formatHex(six.getBytes()))
                    .isEqualTo(HexFormat.of().formatHex(bytes));
            assertThat(text).isEqualTo(other.toCanonicalString());
            assertThat(parse(six.toFullString())).contains(bytes);
            assertThat(parse(six.toIPv6().toMixedString())).contains(bytes);
        });
    }

    @Test
    void agreesWithAnotherLibraryOnRandomText() {
        String alphabet = "0123456789:::...abff";
        SeededRandom.forAll(50_000, random -> {
            StringBuilder text = new StringBuilder(IpText.format(address(random), 0));
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, c);
                } else {
                    text.insert(at, c);
                }
            }
            assertThat(parse(text.toString()).map(HexFormat.of()::formatHex))
                    .as(text.toString())
                    .isEqualTo(other(text.toString()));
        });
    }

    private static Optional<String> other(String text) {
        try {
            IPAddress address = new IPAddressString(text, STRICT).toAddress();
            IPAddress six = address.isIPv4() ? address.toIPv4().getIPv4MappedAddress() : address;
            return Optional.of(HexFormat.of().formatHex(six.getBytes()));
        } catch (AddressStringException invalid) {
            return Optional.empty();
        }
    }

    private static byte[] address(Random random) {
        byte[] bytes = new byte[IpText.LENGTH];
        random.nextBytes(bytes);
        for (int i = 0; i < IpText.LENGTH; i += 2) {
            if (random.nextBoolean()) {
                bytes[i] = 0;
                bytes[i + 1] = (byte) (random.nextBoolean() ? 0 : random.nextInt(16));
            }
        }
        if (random.nextInt(4) == 0) {
            Arrays.fill(bytes, 0, 10, (byte) 0);
            bytes[10] = (byte) 0xff;
            bytes[11] = (byte) 0xff;
        }
        return bytes;
    }

    private static Optional<byte[]> parse(String text) {
        byte[] bytes = new byte[IpText.LENGTH];
        return IpText.parse(text, bytes, 0) ? Optional.of(bytes) : Optional.empty();
    }

    private static Optional<String> canonical(String text) {
        return parse(text).map(bytes -> IpText.format(bytes, 0));
    }
}
