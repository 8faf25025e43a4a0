package io.etlkit.source.sqs;

import io.etlkit.api.EtlRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What was received and not yet polled. Safe for any thread. */
final class RecordBuffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private boolean closed;

    /** A record and its message. */
    record Item(EtlRecord record, Flight flight) {}

    /** Takes items in; false when it is closed. */
    boolean add(Collection<Item> received) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            items.addAll(received);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands items over, waiting for the first; none when none came in time, or when it is closed. */
    List<Item> take(int max, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (items.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            int count = Math.min(max, items.size());
            List<Item> taken = new ArrayList<>(count);
            while (taken.size() < count) {
                taken.add(items.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many items there are. */
    int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, and takes nothing in any more; gives what is left. */
    List<Item> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<Item> left = new ArrayList<>(items);
            items.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
