package io.etlkit.testkit;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A queue in memory that several lanes can share: each lane's source, made by {@link #factory()}, takes from it. It knows
 * what was settled, and refuses a second settlement of one delivery. Safe for any thread.
 */
public final class FakeSource {
    private final Clock clock;
    private final List<Message> waiting = new ArrayList<>();
    private final Map<DeliveryId, Message> inFlight = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();
    private int sent;
    private int releases;

    /** An empty queue on the system clock. */
    public FakeSource() {
        this(Clock.systemUTC());
    }

    /** An empty queue; the clock says when a released message is due. */
    public FakeSource(Clock clock) {
        this.clock = clock;
    }

    /** Puts messages into the queue; the first of all is {@code message-1}. */
    public synchronized void send(String... bodies) {
        for (String body : bodies) {
            sent++;
            Instant now = clock.instant();
            waiting.add(new Message("message-" + sent, body, now, now, 0));
        }
        notifyAll();
    }

    /** The bodies that were settled as done, in that order. */
    public synchronized List<String> done() {
        return List.copyOf(done);
    }

    /** How often a delivery was released. */
    public synchronized int releases() {
        return releases;
    }

    /** How many messages are waiting, delayed or in flight. */
    public synchronized int left() {
        return waiting.size() + inFlight.size();
    }

    /** Makes sources over this queue. */
    public SourceFactory<NoConfig> factory() {
        return SourceFactory.of("fake", "A queue in memory.", NoConfig.class, (config, context) -> open(context));
    }

    /** A source over this queue. */
    public Source open(PluginContext context) {
        return new Lane(this);
    }

    private synchronized List<EtlRecord> poll(int max, Duration maxWait, Lane lane) throws InterruptedException {
        long deadline = System.nanoTime() + maxWait.toNanos();
        List<EtlRecord> polled = take(max);
        while (polled.isEmpty() && !lane.closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(Math.min(left, 10));
            polled = take(max);
        }
        return polled;
    }

    private List<EtlRecord> take(int max) {
        Instant now = clock.instant();
        List<EtlRecord> taken = new ArrayList<>();
        for (Message message : List.copyOf(waiting)) {
            if (taken.size() < max && !message.due.isAfter(now)) {
                waiting.remove(message);
                Message delivered = message.delivered();
                EtlRecord record = delivered.record();
                inFlight.put(record.delivery(), delivered);
                taken.add(record);
            }
        }
        return taken;
    }

    private synchronized void settle(Settlement settlement) {
        for (DeliveryId delivery : settlement.done()) {
            done.add(settled(delivery).body);
        }
        settlement.released().forEach((delivery, delay) -> {
            releases++;
            waiting.add(settled(delivery).due(clock.instant().plus(delay)));
        });
        notifyAll();
    }

    private Message settled(DeliveryId delivery) {
        Message message = inFlight.remove(delivery);
        if (message == null) {
            throw new IllegalStateException(delivery + " is not in flight: it was settled before, or never delivered");
        }
        return message;
    }

    private synchronized void close(Lane lane) {
        lane.closed = true;
        notifyAll();
    }

    private record Message(String id, String body, Instant sentAt, Instant due, int receiveCount) {
        Message delivered() {
            return new Message(id, body, sentAt, due, receiveCount + 1);
        }

        Message due(Instant when) {
            return new Message(id, body, sentAt, when, receiveCount);
        }

        EtlRecord record() {
            Map<String, Value> headers = new LinkedHashMap<>();
            headers.put("messageId", Value.of(id));
            headers.put("sentAt", Value.of(sentAt));
            headers.put("receiveCount", Value.of(receiveCount));
            return new EtlRecord(
                    new DeliveryId(id + "#" + receiveCount), new RecordKey(id, sentAt), Value.of(body), headers);
        }
    }

    private static final class Lane implements Source {
        private final FakeSource queue;
        private boolean closed;

        Lane(FakeSource queue) {
            this.queue = queue;
        }

        @Override
        public List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException {
            return queue.poll(max, maxWait, this);
        }

        @Override
        public void settle(Settlement settlement) {
            queue.settle(settlement);
        }

        @Override
        public boolean drained() {
            return queue.left() == 0;
        }

        @Override
        public void close() {
            queue.close(this);
        }
    }
}
