package io.etlkit.source.sqs;

/**
 * How much more may be received. A message counts from before its receive is sent until its delete or release is confirmed;
 * so do the characters of its body, which are guessed until it is here. Safe for any thread.
 */
final class Permits {
    private static final long FIRST_GUESS = 64 * 1024;

    /** How fast the guess forgets a large answer: a sixteenth with each answer. */
    private static final int FORGETTING_SHIFT = 4;

    private final int maxMessages;
    private final long maxBytes;
    private int messages;
    private long bytes;
    private long guess = FIRST_GUESS;

    Permits(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /**
     * Reserves room for one receive. One is let through however large its answer may be, or nothing would ever be received.
     *
     * @return what to give to {@link #received}, or {@link Reservation#NONE}
     */
    synchronized Reservation reserve() {
        boolean full = messages + SqsApi.BATCH > maxMessages || (messages > 0 && bytes + guess > maxBytes);
        if (full) {
            return Reservation.NONE;
        }
        messages += SqsApi.BATCH;
        bytes += guess;
        return new Reservation(guess);
    }

    /** A receive was answered: what is not needed of its reservation is given back. */
    synchronized void received(Reservation reservation, int count, long size) {
        messages += count - SqsApi.BATCH;
        bytes += size - reservation.bytes();
        guess = Math.max(size, guess - (guess >> FORGETTING_SHIFT));
    }

    /** A receive failed: its reservation is given back. */
    synchronized void failed(Reservation reservation) {
        messages -= SqsApi.BATCH;
        bytes -= reservation.bytes();
    }

    /** Messages are settled. */
    synchronized void giveBack(int count, long size) {
        messages -= count;
        bytes -= size;
    }

    /** How many messages count now. */
    synchronized int messages() {
        return messages;
    }

    /** Room for one receive. */
    record Reservation(long bytes) {
        static final Reservation NONE = new Reservation(-1);
    }
}
