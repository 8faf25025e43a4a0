package io.etlkit.engine;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue in memory that all lanes share; it asserts that each delivery is settled once. */
final class FakeSource {
    static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");

    record Config() {}

    final BlockingQueue<EtlRecord> waiting = new LinkedBlockingQueue<>();
    final Map<DeliveryId, EtlRecord> inFlight = new ConcurrentHashMap<>();
    final Map<DeliveryId, String> done = new ConcurrentHashMap<>();
    final Map<DeliveryId, Duration> released = new ConcurrentHashMap<>();
    final List<String> errors = new CopyOnWriteArrayList<>();
    final List<Integer> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    Hook beforePoll = () -> {};
    Hook beforeSettle = () -> {};
    Hook onClose = () -> {};
    volatile boolean neverDrained;
    volatile boolean handsOverTooMuch;

    interface Hook {
        void run() throws InterruptedException;
    }

    EtlRecord add(String body) {
        return add(body, Map.of());
    }

    EtlRecord add(String body, Map<String, Value> headers) {
        int name = names.incrementAndGet();
        Map<String, Value> all = new LinkedHashMap<>();
        all.put("messageId", Value.of("m" + name));
        all.putAll(headers);
        EtlRecord record =
                new EtlRecord(new DeliveryId("d" + name), new RecordKey("m" + name, SENT), Value.of(body), all);
        waiting.add(record);
        return record;
    }

    void addNumbered(int count) {
        for (int i = 0; i < count; i++) {
            add("{\"n\":" + i + "}");
        }
    }

    SourceFactory<Config> factory() {
        return SourceFactory.of("fake", "A queue in memory.", Config.class, (config, context) -> {
            made.incrementAndGet();
            return new Lane();
        });
    }

    private final class Lane implements Source {
        @Override
        public List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException {
            asked.add(max);
            beforePoll.run();
            List<EtlRecord> polled = new ArrayList<>();
            EtlRecord first = waiting.poll(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                polled.add(first);
                waiting.drainTo(polled, handsOverTooMuch ? max : max - 1);
            }
            polled.forEach(record -> inFlight.put(record.delivery(), record));
            return polled;
        }

        @Override
        public void settle(Settlement settlement) throws InterruptedException {
            beforeSettle.run();
            settlement.done().forEach(delivery -> {
                leave(delivery);
                done.put(delivery, "done");
            });
            settlement.released().forEach((delivery, delay) -> {
                leave(delivery);
                released.put(delivery, delay);
            });
        }

        private void leave(DeliveryId delivery) {
            if (inFlight.remove(delivery) == null) {
                errors.add(delivery + " was settled twice, or never handed over");
            }
        }

        @Override
        public boolean drained() {
            return !neverDrained && waiting.isEmpty() && inFlight.isEmpty();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            try {
                onClose.run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
