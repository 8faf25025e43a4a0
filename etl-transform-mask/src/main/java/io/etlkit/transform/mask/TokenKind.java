package io.etlkit.transform.mask;

/** The methods that make tokens. */
enum TokenKind {
    HMAC("hmac"),
    AES_GCM("aes-gcm"),
    AES_GCM_SIV("aes-gcm-siv"),
    AES_GCM_RANDOM("aes-gcm-random");

    private final String method;

    TokenKind(String method) {
        this.method = method;
    }

    /** The method as a pipeline file spells it. */
    String method() {
        return method;
    }
}
