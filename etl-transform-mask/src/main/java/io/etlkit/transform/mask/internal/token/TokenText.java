package io.etlkit.transform.mask.internal.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a token's text. Only the shape is checked: whether the parts are canonical is for who decodes them to see.
 *
 * @param generation the id of the index key
 * @param fingerprint 22 characters
 * @param cipher what follows the fingerprint; empty for an irreversible token
 */
public record TokenText(String generation, String fingerprint, Optional<CipherPart> cipher) {
    /** How long the part is that all tokens of a value in one generation share. */
    public static final int PREFIX_LENGTH = 33;

    private static final String START = "mk1.";
    private static final Pattern SHAPE = Pattern.compile(
            "mk1\\.([A-Za-z0-9_-]{6})\\.([A-Za-z0-9_-]{22})(?:\\.([gs])([A-Za-z0-9_-]{6})\\.([A-Za-z0-9_-]{44,}))?");

    /**
     * What makes a token reversible.
     *
     * @param suite the letter of the cipher suite
     * @param keyId the id of the encryption key
     * @param ciphertext with the tag, in base64url
     */
    public record CipherPart(char suite, String keyId, String ciphertext) {}

    /** Whether a text has the form of a token of any kind. */
    public static boolean isToken(String text) {
        return parse(text).isPresent() || RandomTokenText.parse(text).isPresent();
    }

    /** The parts of a token with a fingerprint; empty when the text is none. */
    public static Optional<TokenText> parse(String text) {
        if (!text.startsWith(START)) {
            return Optional.empty();
        }
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TokenText(
                shape.group(1),
                shape.group(2),
                Optional.ofNullable(shape.group(3))
                        .map(suite -> new CipherPart(suite.charAt(0), shape.group(4), shape.group(5)))));
    }

    /** The part that tells equality: the whole of an irreversible token, the first 33 characters of another. */
    public String prefix() {
        return START + generation + "." + fingerprint;
    }

    @Override
    public String toString() {
        return prefix();
    }
}
