package io.etlkit.stub.sqs;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One queue: which message is waiting, in flight or gone, and the books of it. Messages are numbered; a delivery is a
 * message's number and which receive of it that was. Times are milliseconds on the caller's monotonic clock. Used by the
 * loop's thread only.
 */
final class StubQueue {
    enum Outcome {
        DONE,
        /** The message was received again since: SQS answers such a call with success. */
        STALE,
        UNKNOWN
    }

    private static final byte WAITING = 0;
    private static final byte IN_FLIGHT = 1;
    private static final byte DELETED = 2;

    private final MessageStore store;
    private final long visibilityTimeoutMillis;
    private final IntRing waiting = new IntRing();
    private final Deadlines deadlines = new Deadlines();

    private byte[] states = new byte[1 << 10];
    private int[] receives = new int[1 << 10];
    private long[] hiddenUntil = new long[1 << 10];

    private long received;
    private long redelivered;
    private long deleted;
    private long doubleDeletes;
    private long staleDeletes;
    private long released;
    private long extended;
    private long expired;
    private long inFlight;
    private long firstReceiveEpochMillis;
    private long lastDeleteEpochMillis;

    StubQueue(long seed, long visibilityTimeoutMillis) {
        this.store = new MessageStore(seed);
        this.visibilityTimeoutMillis = visibilityTimeoutMillis;
    }

    MessageStore store() {
        return store;
    }

    long visibilityTimeoutMillis() {
        return visibilityTimeoutMillis;
    }

    int add(byte[] body, long sentAtMillis) {
        int message = store.add(body, sentAtMillis);
        if (message == states.length) {
            states = Arrays.copyOf(states, message * 2);
            receives = Arrays.copyOf(receives, message * 2);
            hiddenUntil = Arrays.copyOf(hiddenUntil, message * 2);
        }
        waiting.add(message);
        return message;
    }

    boolean hasWaiting() {
        return waiting.size() > 0;
    }

    /** Hands out the message that waits longest; there has to be one. */
    int receive(long now, long visibilityMillis) {
        int message = waiting.remove();
        if (received++ == 0) {
            firstReceiveEpochMillis = System.currentTimeMillis();
        }
        if (receives[message]++ > 0) {
            redelivered++;
        }
        states[message] = IN_FLIGHT;
        inFlight++;
        hide(message, now + visibilityMillis);
        return message;
    }

    int receives(int message) {
        return receives[message];
    }

    Outcome delete(int message, int receive) {
        if (!exists(message, receive)) {
            return Outcome.UNKNOWN;
        }
        if (states[message] == DELETED) {
            doubleDeletes++;
            return Outcome.STALE;
        }
        if (states[message] == WAITING || receives[message] != receive) {
            staleDeletes++;
            return Outcome.STALE;
        }
        states[message] = DELETED;
        inFlight--;
        deleted++;
        lastDeleteEpochMillis = System.currentTimeMillis();
        return Outcome.DONE;
    }

    Outcome changeVisibility(int message, int receive, long now, long visibilityMillis) {
        if (!exists(message, receive)) {
            return Outcome.UNKNOWN;
        }
        if (states[message] != IN_FLIGHT || receives[message] != receive) {
            return Outcome.STALE;
        }
        if (visibilityMillis == 0) {
            released++;
            show(message);
        } else {
            extended++;
            hide(message, now + visibilityMillis);
        }
        return Outcome.DONE;
    }

    /** Makes due messages visible again; returns whether there were any. */
    boolean expire(long now) {
        long before = expired;
        deadlines.drain(now, message -> {
            if (states[message] == IN_FLIGHT && hiddenUntil[message] <= now) {
                expired++;
                show(message);
            }
        });
        return expired > before;
    }

    long visible() {
        return waiting.size();
    }

    long inFlight() {
        return inFlight;
    }

    QueueBooks books() {
        return new QueueBooks(
                store.size(),
                received,
                redelivered,
                deleted,
                doubleDeletes,
                staleDeletes,
                released,
                extended,
                expired,
                waiting.size(),
                inFlight,
                received == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(firstReceiveEpochMillis)),
                deleted == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastDeleteEpochMillis)));
    }

    private boolean exists(int message, int receive) {
        return message >= 0 && message < store.size() && receive > 0 && receive <= receives[message];
    }

    private void hide(int message, long until) {
        hiddenUntil[message] = until;
        deadlines.add(until, message);
    }

    private void show(int message) {
        states[message] = WAITING;
        inFlight--;
        waiting.add(message);
    }
}
