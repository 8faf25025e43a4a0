package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a token with a random nonce, {@code mk1r}, which tells nothing of equality. Only the shape is checked.
 *
 * @param keyId the id of the encryption key
 * @param payload nonce, ciphertext and tag, in base64url
 */
public record RandomTokenText(String keyId, String payload) {
    static final String START = "mk1r.";

    private static final int NONCE_CHARACTERS = Base64Url.encodedLength(Aead.NONCE);
    private static final Pattern SHAPE = Pattern.compile("mk1r\\.([A-Za-z0-9_-]{6})\\.([A-Za-z0-9_-]{60,})");

    /** The parts of a token; empty when the text is none of this form. */
    public static Optional<RandomTokenText> parse(String text) {
        if (!text.startsWith(START)) {
            return Optional.empty();
        }
        Matcher shape = SHAPE.matcher(text);
        return shape.matches() ? Optional.of(new RandomTokenText(shape.group(1), shape.group(2))) : Optional.empty();
    }

    /** What the token is told from others by: everything up to the end of its nonce. */
    public String prefix() {
        return START + keyId + "." + payload.substring(0, NONCE_CHARACTERS);
    }

    @Override
    public String toString() {
        return prefix();
    }
}
