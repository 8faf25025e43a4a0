package io.etlkit.transform.mask;

import java.util.Arrays;
import java.util.Optional;

/** The methods that make tokens. */
public enum TokenKind {
    HMAC("hmac", 33),
    AES_GCM("aes-gcm", 86),
    AES_GCM_SIV("aes-gcm-siv", 86),
    AES_GCM_RANDOM("aes-gcm-random", 72);

    private final String method;
    private final int shortest;

    TokenKind(String method, int shortest) {
        this.method = method;
        this.shortest = shortest;
    }

    /** How long the tokens of a method are at least, in characters; empty for a method that makes none. */
    public static Optional<Integer> shortest(String method) {
        return Arrays.stream(values())
                .filter(kind -> kind.method.equals(method))
                .map(kind -> kind.shortest)
                .findFirst();
    }

    /** The method as a pipeline file spells it. */
    public String method() {
        return method;
    }
}
