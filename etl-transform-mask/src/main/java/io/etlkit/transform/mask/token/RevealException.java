package io.etlkit.transform.mask.token;

/** A token was not revealed. The message holds neither token nor value. */
public final class RevealException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public RevealException(Code code) {
        super(code.description);
        this.code = code;
    }

    /** Why not. */
    public Code code() {
        return code;
    }

    /** The reasons. */
    public enum Code {
        /** The text has not the form of a token. */
        NOT_A_TOKEN("this is no token"),
        /** The token was made by a method that can not be reversed. */
        NOT_REVERSIBLE("this token was made by a method that can not be reversed"),
        /** The keyset does not hold the keys that the token was made with. */
        UNKNOWN_KEY("the keyset does not hold the keys that this token was made with"),
        /** The token was changed, or belongs to another domain: the two can not be told apart. */
        TAMPERED("this token was changed, or it belongs to another domain");

        private final String description;

        Code(String description) {
            this.description = description;
        }
    }
}
