package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;

/**
 * Receipt handles: a message's number and which receive of it that was, then filler up to the length that AWS's have. The
 * digits come first, so that comparing two handles costs what it costs with real ones.
 */
final class Receipts {
    /** What a text that is no receipt handle is read as. */
    static final long NONE = -1;

    private static final byte[] PREFIX = "AQEB".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FILLER = "wJnKyrHigUMZj6rYigCgxlaS".repeat(13).getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = Long.SIZE / 4;

    private Receipts() {}

    static void append(int message, int receive, ByteText to) {
        to.append(PREFIX)
                .appendHex((long) message << Integer.SIZE | receive, DIGITS)
                .append(FILLER);
    }

    /** Reads a handle: the message in the upper half, the receive in the lower; or {@link #NONE}. */
    static long parse(byte[] text, int start, int end) {
        if (end - start != PREFIX.length + DIGITS + FILLER.length) {
            return NONE;
        }
        long parsed = 0;
        for (int at = start + PREFIX.length; at < start + PREFIX.length + DIGITS; at++) {
            int digit = Character.digit(text[at], 16);
            if (digit < 0) {
                return NONE;
            }
            parsed = parsed << 4 | digit;
        }
        return parsed;
    }

    static int message(long receipt) {
        return (int) (receipt >>> Integer.SIZE);
    }

    static int receive(long receipt) {
        return (int) receipt;
    }
}
