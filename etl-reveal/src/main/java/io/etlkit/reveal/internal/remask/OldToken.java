package io.etlkit.reveal.internal.remask;

/**
 * What stands in a row, and is taken for a token of old keys.
 *
 * @param text all of it
 */
record OldToken(String text) {
    private static final int START = 33;

    /** What tokens of equal values share: the first 33 characters; in those of {@code aes-gcm-random} nothing is shared. */
    String start() {
        return text.substring(0, Math.min(START, text.length()));
    }

    /** Whether there is nothing behind the start, as in tokens of {@code hmac}. */
    boolean isStartOnly() {
        return text.length() == START;
    }

    /** Whether an index key made it. */
    boolean isOfGeneration(String id) {
        return text.startsWith("mk1." + id + ".");
    }

    /** Whether it has a start that tokens of equal values share. */
    boolean hasStart() {
        return text.startsWith("mk1.") && text.length() >= START;
    }
}
