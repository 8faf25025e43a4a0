package io.etlkit.source.sqs.internal.receive;

import io.etlkit.api.PluginMetrics;
import io.etlkit.source.sqs.internal.client.Backoff;
import io.etlkit.source.sqs.internal.client.Callbacks;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.inflight.InFlightLimit;
import io.etlkit.source.sqs.internal.inflight.InFlightLimit.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Keeps receives open, as many as the load needs: a full response opens one more, an empty one closes one, down to a single
 * receive. The next one is sent when one is answered or when there is room again. No receive is cancelled while the source
 * runs, because SQS would hide the messages that it is about to bring. Failed receives are retried with backoff, for ever.
 * No call blocks. Safe for any thread.
 */
public final class ReceiveLoop {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    /** A single failure is usual: servers close connections that a client is about to use. */
    private static final int REPORTED_FAILURES = 2;

    /** The long poll after a failure: short, so that it is known soon whether SQS answers again. */
    private static final Duration PROBE = Duration.ofSeconds(1);

    private final SqsApi api;
    private final Scheduler scheduler;
    private final InFlightLimit limit;
    private final PluginMetrics metrics;
    private final Listener listener;
    private final Duration wait;
    private final int maxReceives;
    private int target = 1;
    private int open;
    private int failures;
    private boolean pausing;
    private boolean stopped;
    private @Nullable SqsCallException failure;

    /**
     * Makes the loop; {@link #sendMore} starts it.
     *
     * @param wait the long poll
     * @param maxReceives the most receives that are open at once
     */
    public ReceiveLoop(
            SqsApi api,
            Scheduler scheduler,
            InFlightLimit limit,
            PluginMetrics metrics,
            Listener listener,
            Duration wait,
            int maxReceives) {
        this.api = api;
        this.scheduler = scheduler;
        this.limit = limit;
        this.metrics = metrics;
        this.listener = listener;
        this.wait = wait;
        this.maxReceives = maxReceives;
    }

    /** Takes what was received; on any thread, and must not block. */
    public interface Listener {
        /**
         * Takes messages.
         *
         * @param sent when the receive was sent
         * @return the characters of the bodies
         */
        long received(List<Message> messages, long sent);

        /** A receive failed, and a retry is pointless. */
        void fatal(SqsCallException failure);
    }

    /** Sends as many receives as there is room and need for. */
    public void sendMore() {
        for (Reservation room = reserve(); !room.equals(Reservation.NONE); room = reserve()) {
            send(room);
        }
    }

    private synchronized Reservation reserve() {
        if (stopped || pausing || open >= target) {
            return Reservation.NONE;
        }
        Reservation room = limit.reserve();
        if (!room.equals(Reservation.NONE)) {
            open++;
        }
        return room;
    }

    private void send(Reservation room) {
        long sent = scheduler.nanos();
        Callbacks.handle(
                api.receive(nextWait()),
                messages -> {
                    received(room, messages, sent);
                    sendMore();
                },
                thrown -> {
                    failed(room, thrown);
                    sendMore();
                });
    }

    private synchronized Duration nextWait() {
        return failures == 0 || wait.compareTo(PROBE) < 0 ? wait : PROBE;
    }

    private void received(Reservation room, List<Message> messages, long sent) {
        metrics.count("sqs.receives", 1);
        if (messages.isEmpty()) {
            metrics.count("sqs.receives.empty", 1);
        }
        long size;
        try {
            size = messages.isEmpty() ? 0 : listener.received(messages, sent);
        } catch (RuntimeException unreadable) {
            // The messages come again after their visibility timeout. The exception's message may quote them.
            String kind = unreadable.getClass().getSimpleName();
            failed(room, new SqsCallException(Kind.TRANSIENT, "ReceiveMessage: the response cannot be used: " + kind));
            return;
        }
        limit.received(room, messages.size(), size);
        answered(messages.size());
    }

    private synchronized void answered(int count) {
        if (failures >= REPORTED_FAILURES) {
            log.info("SQS delivers messages again");
        }
        failure = null;
        failures = 0;
        if (count == SqsApi.BATCH) {
            target = Math.min(target + 1, maxReceives);
        } else if (count == 0) {
            target = Math.max(target - 1, 1);
        }
        closed();
    }

    private void failed(Reservation room, SqsCallException thrown) {
        limit.failed(room);
        metrics.count("sqs.receives.failed", 1);
        if (thrown.kind().isFatalWhileRunning()) {
            listener.fatal(thrown);
        }
        pauseAfter(thrown).ifPresent(pause -> scheduler.after(pause, this::resume));
    }

    private synchronized Optional<Duration> pauseAfter(SqsCallException thrown) {
        failure = thrown;
        target = Math.max(target / 2, 1);
        stopped |= thrown.kind().isFatalWhileRunning();
        closed();
        if (pausing || stopped) {
            return Optional.empty();
        }
        pausing = true;
        failures++;
        if (failures == REPORTED_FAILURES) {
            log.warn("cannot receive: {}", thrown.text());
        }
        return Optional.of(Backoff.after(failures));
    }

    private void resume() {
        synchronized (this) {
            pausing = false;
        }
        sendMore();
    }

    /** A receive is answered. Holds the lock. */
    private void closed() {
        open--;
        if (open == 0) {
            notifyAll();
        }
    }

    /** Why receives fail, until one succeeds; empty while a failure may still be a single one. */
    public synchronized Optional<SqsCallException> failure() {
        return failures >= REPORTED_FAILURES ? Optional.ofNullable(failure) : Optional.empty();
    }

    /** How many receives are open. */
    public synchronized int open() {
        return open;
    }

    /** Sends no more. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Waits until no receive is open; false when one still is at the time given. */
    public synchronized boolean awaitResponses(long deadline) throws InterruptedException {
        while (open > 0) {
            long left = deadline - scheduler.nanos();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
