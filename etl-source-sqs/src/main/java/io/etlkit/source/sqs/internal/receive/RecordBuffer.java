package io.etlkit.source.sqs.internal.receive;

import io.etlkit.api.EtlRecord;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The records that were received and not yet polled. Safe for any thread. */
public final class RecordBuffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Received> records = new ArrayDeque<>();
    private boolean closed;

    /** A record and its message. */
    public record Received(EtlRecord record, InFlightMessage message) {}

    /** Adds records; false when the buffer is closed. */
    public boolean add(Collection<Received> received) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            records.addAll(received);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes records, waiting for the first; none when none came in time, or when the buffer is closed. */
    public List<Received> take(int max, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (records.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            int count = Math.min(max, records.size());
            List<Received> taken = new ArrayList<>(count);
            while (taken.size() < count) {
                taken.add(records.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How many records there are. */
    public int size() {
        lock.lock();
        try {
            return records.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait and takes no more records; returns those that are left. */
    public List<Received> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<Received> left = new ArrayList<>(records);
            records.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
