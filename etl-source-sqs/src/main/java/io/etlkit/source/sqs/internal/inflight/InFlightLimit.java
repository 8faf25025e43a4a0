package io.etlkit.source.sqs.internal.inflight;

import io.etlkit.source.sqs.internal.client.SqsApi;

/**
 * Limits the messages in flight, and the characters of their bodies. A message counts from before its receive is sent until
 * its delete or release is confirmed. The size of a response is estimated until it is there. Safe for any thread.
 */
public final class InFlightLimit {
    private static final long FIRST_ESTIMATE = 64 * 1024;

    /** How fast a large response is forgotten: the estimate loses a sixteenth with each response. */
    private static final int DECAY_SHIFT = 4;

    private final int maxMessages;
    private final long maxBytes;
    private int messages;
    private long bytes;
    private long estimate = FIRST_ESTIMATE;

    /** A limit on messages and on the characters of their bodies. */
    public InFlightLimit(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /**
     * Reserves room for one receive. When nothing is in flight, a receive may be as large as it likes; otherwise nothing would
     * ever be received.
     *
     * @return what to give to {@link #received}, or {@link Reservation#NONE}
     */
    public synchronized Reservation reserve() {
        boolean full = messages + SqsApi.BATCH > maxMessages || (messages > 0 && bytes + estimate > maxBytes);
        if (full) {
            return Reservation.NONE;
        }
        messages += SqsApi.BATCH;
        bytes += estimate;
        return new Reservation(estimate);
    }

    /** A receive succeeded: returns what it did not need of its reservation. */
    public synchronized void received(Reservation reservation, int count, long size) {
        messages += count - SqsApi.BATCH;
        bytes += size - reservation.bytes();
        estimate = Math.max(size, estimate - (estimate >> DECAY_SHIFT));
    }

    /** A receive failed: returns its reservation. */
    public synchronized void failed(Reservation reservation) {
        messages -= SqsApi.BATCH;
        bytes -= reservation.bytes();
    }

    /** Messages are settled. */
    public synchronized void release(int count, long size) {
        messages -= count;
        bytes -= size;
    }

    /** How many messages are in flight; an open receive counts as ten. */
    public synchronized int messages() {
        return messages;
    }

    /** Room for one receive. */
    public record Reservation(long bytes) {
        /** No room. */
        public static final Reservation NONE = new Reservation(-1);
    }
}
