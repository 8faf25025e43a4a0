package io.etlkit.engine.internal.run;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many deliveries a run may still poll for, all lanes together. A lane takes its share before it polls and gives back
 * what it did not get. Safe for any thread.
 */
public final class RecordLimit {
    /** Fair: a lane that waits for its share is served before the one that has just given some back. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition givenBack = lock.newCondition();
    private final boolean limited;
    private final int lanes;
    private long available;
    private long taken;

    RecordLimit(OptionalLong limit, int lanes) {
        this.limited = limit.isPresent();
        this.lanes = lanes;
        this.available = limit.orElse(0);
    }

    /**
     * Takes a share, waiting a little when others have it all.
     *
     * @return how many may be polled for, at most {@code wanted}; 0 when there is nothing left or the time is up
     */
    public int take(int wanted, Duration longestWait) throws InterruptedException {
        if (!limited) {
            return wanted;
        }
        lock.lockInterruptibly();
        try {
            long left = longestWait.toNanos();
            while (available == 0 && taken > 0 && left > 0) {
                left = givenBack.awaitNanos(left);
            }
            int share = (int) Math.min(wanted, (available + lanes - 1) / lanes);
            available -= share;
            taken += share;
            return share;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a share: so many of it came, the rest is for others. */
    public void giveBack(int share, int used) {
        if (!limited) {
            return;
        }
        lock.lock();
        try {
            taken -= share;
            available += share - used;
            givenBack.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that the run was to poll has come. */
    boolean isSpent() {
        if (!limited) {
            return false;
        }
        lock.lock();
        try {
            return available == 0 && taken == 0;
        } finally {
            lock.unlock();
        }
    }
}
