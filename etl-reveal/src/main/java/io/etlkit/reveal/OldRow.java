package io.etlkit.reveal;

import java.util.List;

/**
 * A row whose token is to be rewritten.
 *
 * @param key what tells it from others, as text
 * @param token the token that stands in it
 */
record OldRow(List<String> key, String token) {
    private static final int START = 33;

    /** What equal values share: the token's first 33 characters; of {@code aes-gcm-random}, nothing that is shared. */
    String start() {
        return token.substring(0, Math.min(START, token.length()));
    }

    /** Whether the token has nothing behind its start, as one of {@code hmac}. */
    boolean isStartOnly() {
        return token.length() == START;
    }

    /** Whether the token has a start that equal values share. */
    boolean hasStart() {
        return token.startsWith("mk1.") && token.length() >= START;
    }
}
