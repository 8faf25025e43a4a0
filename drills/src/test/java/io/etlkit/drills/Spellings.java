package io.etlkit.drills;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How bytes may be written down: plain, base64, hexadecimal, URL-encoded. */
final class Spellings {
    /** In base64 three bytes are four characters, so what stands before some bytes shifts them in one of three ways. */
    private static final int ALIGNMENTS = 3;

    private static final int BITS_PER_BYTE = 8;
    private static final int BITS_PER_CHARACTER = 6;

    private static final Pattern ESCAPE = Pattern.compile("%..");

    private Spellings() {}

    static Set<String> of(byte[] bytes) {
        Set<String> all = new LinkedHashSet<>();
        all.add(new String(bytes, StandardCharsets.ISO_8859_1));
        String text = new String(bytes, StandardCharsets.UTF_8);
        all.add(text.toLowerCase(Locale.ROOT));
        all.add(text.toUpperCase(Locale.ROOT));
        for (int before = 0; before < ALIGNMENTS; before++) {
            all.add(base64(Base64.getEncoder(), bytes, before));
            all.add(base64(Base64.getUrlEncoder(), bytes, before));
        }
        List<HexFormat> hexadecimal = List.of(
                HexFormat.of(), HexFormat.ofDelimiter(":"), HexFormat.of().withPrefix("%"));
        for (HexFormat format : hexadecimal) {
            all.add(format.formatHex(bytes));
            all.add(format.withUpperCase().formatHex(bytes));
        }
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        all.add(encoded);
        all.add(ESCAPE.matcher(encoded).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)));
        return all;
    }

    /** The characters that follow from {@code bytes} alone, whatever stands before and behind them. */
    private static String base64(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int from = (before * BITS_PER_BYTE + BITS_PER_CHARACTER - 1) / BITS_PER_CHARACTER;
        return encoded.substring(from, shifted.length * BITS_PER_BYTE / BITS_PER_CHARACTER);
    }
}
