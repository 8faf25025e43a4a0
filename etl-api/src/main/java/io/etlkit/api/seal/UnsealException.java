package io.etlkit.api.seal;

/** The original of a dead letter was not opened. The message holds nothing of it. */
public final class UnsealException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /** Says why not. */
    public UnsealException(Code code) {
        super(code.description);
        this.code = code;
    }

    /** Why not. */
    public Code code() {
        return code;
    }

    /** The reasons. */
    public enum Code {
        /** The bytes have not the form of a sealed original. */
        NOT_SEALED("these are no sealed bytes"),
        /** The keyset does not hold the key. */
        UNKNOWN_KEY("the keyset does not hold the key that this was sealed with"),
        /** The bytes were changed, or belong to another pipeline or record. */
        TAMPERED("this was changed, or it belongs to another pipeline or record");

        private final String description;

        Code(String description) {
            this.description = description;
        }
    }
}
