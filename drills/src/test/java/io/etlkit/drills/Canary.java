package io.etlkit.drills;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A value at random, as there is no other in the world, that is sent into a pipeline in one place and may come out nowhere.
 *
 * @param bait where it was put
 * @param text as it is sent
 * @param traces what of it is looked for, each long enough not to be there by chance
 * @param personal whether it is in a field that is to be masked
 */
record Canary(String bait, String text, List<byte[]> traces, boolean personal) {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static final int HALF = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A word. Each half of it is looked for, so that one is found that was cut off. */
    static Canary word(String bait) {
        String first = letters();
        String second = letters();
        return new Canary(bait, first + second, List.of(bytes(first), bytes(second)), false);
    }

    /** A number; it goes into JSON without quotes. */
    static Canary number(String bait) {
        String digits = IntStream.range(0, HALF + HALF)
                .mapToObj(i -> Integer.toString(1 + RANDOM.nextInt(9)))
                .collect(Collectors.joining());
        return new Canary(bait, digits, List.of(bytes(digits)), false);
    }

    /** An IPv4 address. Its four bytes as such are not looked for: so few are found anywhere. */
    static Canary ipv4(String bait) {
        List<Integer> octets =
                IntStream.range(0, 4).mapToObj(i -> 100 + RANDOM.nextInt(156)).toList();
        String text = octets.stream().map(String::valueOf).collect(Collectors.joining("."));
        String asGroups = "::ffff:%x%x:%x%x".formatted(octets.toArray());
        return new Canary(bait, text, List.of(bytes(text), bytes(asGroups)), false);
    }

    /** An IPv4 address as IPv6 maps it. */
    static Canary mapped(String bait) {
        Canary inner = ipv4(bait);
        return new Canary(bait, "::ffff:" + inner.text(), inner.traces(), false);
    }

    /** An IPv6 address in upper case, which few programs would write; looked for in either, and as its bytes. */
    static Canary ipv6(String bait) {
        String lower = "2001:db8"
                + IntStream.range(0, 6)
                        .mapToObj(i -> ":%x".formatted(0x1000 + RANDOM.nextInt(0xF000)))
                        .collect(Collectors.joining());
        String upper = lower.toUpperCase(Locale.ROOT);
        try {
            return new Canary(
                    bait,
                    upper,
                    List.of(
                            bytes(lower),
                            bytes(upper),
                            InetAddress.getByName(lower).getAddress()),
                    false);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("a literal address needs no name server", impossible);
        }
    }

    /** A secret that is given, of 12 characters or more. */
    static Canary secret(String bait, String text) {
        return new Canary(bait, text, List.of(bytes(text)), false);
    }

    /** A key, as keysets hold it: base64url without padding. */
    static Canary key(String bait, String base64url) {
        return new Canary(bait, base64url, List.of(Base64.getUrlDecoder().decode(base64url)), false);
    }

    /** The same, in a field that is to be masked. */
    Canary inAPersonalField() {
        return new Canary(bait, text, traces, true);
    }

    /** Each spelling of a trace that a program may have made of it. */
    List<String> spellings() {
        List<String> all = new ArrayList<>();
        traces.forEach(trace -> all.addAll(Spellings.of(trace)));
        return all;
    }

    private static String letters() {
        return RANDOM.ints(HALF, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not the value: what fails may be printed. */
    @Override
    public String toString() {
        return "Canary[" + bait + "]";
    }
}
