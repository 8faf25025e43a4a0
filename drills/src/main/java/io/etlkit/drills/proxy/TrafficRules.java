package io.etlkit.drills.proxy;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a {@link TcpProxy} does with the traffic. Safe for any thread. */
final class TrafficRules {
    /** What happens to the bytes of one direction. */
    enum Flow {
        PASSED,
        HELD,
        SWALLOWED
    }

    /** How much of a piece to pass on, and whether to cut the connection then. */
    record Passage(int bytes, boolean thenCut) {}

    private static final Passage NOTHING = new Passage(0, false);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Direction, Flow> all = new EnumMap<>(Direction.class);
    private final Map<ProxiedConnection, Map<Direction, Flow>> some = new WeakHashMap<>();
    private final Map<Direction, Duration> delays = new EnumMap<>(Direction.class);
    private final Map<Direction, Long> bytesUntilCut = new EnumMap<>(Direction.class);
    private final List<Trap> traps = new ArrayList<>();
    private boolean refusing;

    void set(Direction direction, Flow flow) {
        change(() -> all.put(direction, flow));
    }

    void set(ProxiedConnection connection, Direction direction, Flow flow) {
        change(() -> some.computeIfAbsent(connection, key -> new EnumMap<>(Direction.class))
                .put(direction, flow));
    }

    void delay(Direction direction, Duration delay) {
        change(() -> delays.put(direction, delay));
    }

    void cutAfter(Direction direction, long bytes) {
        change(() -> bytesUntilCut.put(direction, bytes));
    }

    void refuse(boolean newRefusing) {
        change(() -> refusing = newRefusing);
    }

    Trap trap(Trap trap) {
        change(() -> traps.add(trap));
        return trap;
    }

    void restore() {
        change(() -> {
            all.clear();
            some.clear();
            delays.clear();
            bytesUntilCut.clear();
            traps.clear();
            refusing = false;
        });
    }

    /** Wakes threads that wait, because a connection was cut. */
    void wake() {
        change(() -> {});
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isRefusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    /** Springs traps, waits while the piece is delayed or held, and returns how much of it to pass on. */
    Passage pass(ProxiedConnection connection, Direction direction, Trap.SlidingText seen, int length)
            throws InterruptedException {
        lock.lock();
        try {
            traps.removeIf(trap -> trap.springs(connection, direction, seen));
            awaitDelay(connection, direction);
            awaitFlow(connection, direction);
            if (connection.isClosed() || is(connection, direction, Flow.SWALLOWED)) {
                return NOTHING;
            }
            return untilCut(direction, length);
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the end of a stream is held. */
    void awaitEnd(ProxiedConnection connection, Direction direction) throws InterruptedException {
        lock.lock();
        try {
            awaitFlow(connection, direction);
        } finally {
            lock.unlock();
        }
    }

    private void awaitFlow(ProxiedConnection connection, Direction direction) throws InterruptedException {
        while (!connection.isClosed() && is(connection, direction, Flow.HELD)) {
            changed.await();
        }
    }

    private void awaitDelay(ProxiedConnection connection, Direction direction) throws InterruptedException {
        long start = System.nanoTime();
        while (!connection.isClosed()) {
            long delay = delays.getOrDefault(direction, Duration.ZERO).toNanos();
            long left = delay - (System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            changed.await(left, TimeUnit.NANOSECONDS);
        }
    }

    private boolean is(ProxiedConnection connection, Direction direction, Flow flow) {
        return all.get(direction) == flow
                || some.getOrDefault(connection, Map.of()).get(direction) == flow;
    }

    private Passage untilCut(Direction direction, int length) {
        Long left = bytesUntilCut.get(direction);
        if (left == null) {
            return new Passage(length, false);
        }
        if (length < left) {
            bytesUntilCut.put(direction, left - length);
            return new Passage(length, false);
        }
        bytesUntilCut.remove(direction);
        return new Passage(Math.toIntExact(left), true);
    }
}
