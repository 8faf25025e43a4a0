package io.etlkit.source.sqs;

import io.etlkit.api.PluginMetrics;
import io.etlkit.source.sqs.Permits.Reservation;
import io.etlkit.source.sqs.SqsFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Keeps receives open, as many as the load asks for: a full answer adds one, an empty one takes one away, down to a single
 * scout. The next receive is sent when one is answered or when there is room again; none is ever cancelled, for it would
 * hide the messages that it is about to bring. After a failure it pauses, and goes on by itself. No call blocks. Safe for
 * any thread.
 */
final class ReceiveLoop {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    private final SqsApi api;
    private final Timer timer;
    private final Permits permits;
    private final PluginMetrics metrics;
    private final Answers answers;
    private final int waitSeconds;
    private final int maxReceives;
    private int target = 1;
    private int open;
    private int failures;
    private boolean pausing;
    private boolean stopped;
    private @Nullable SqsFailure failure;

    /**
     * Makes the loop; {@link #sendMore} starts it.
     *
     * @param answers takes what was received
     * @param waitSeconds the long poll
     * @param maxReceives the most receives that are open at once
     */
    ReceiveLoop(
            SqsApi api,
            Timer timer,
            Permits permits,
            PluginMetrics metrics,
            Answers answers,
            int waitSeconds,
            int maxReceives) {
        this.api = api;
        this.timer = timer;
        this.permits = permits;
        this.metrics = metrics;
        this.answers = answers;
        this.waitSeconds = waitSeconds;
        this.maxReceives = maxReceives;
    }

    /** Takes what was received; on any thread, and must not block. */
    interface Answers {
        /**
         * Takes messages.
         *
         * @param sent when the receive was sent
         * @return the characters of the bodies
         */
        long received(List<Message> messages, long sent);

        /** A receive failed in a way that will not pass. */
        void fatal(SqsFailure failure);
    }

    /** Sends as many receives as there is room and need for. */
    void sendMore() {
        for (Reservation room = reserve(); !room.equals(Reservation.NONE); room = reserve()) {
            send(room);
        }
    }

    private synchronized Reservation reserve() {
        if (stopped || pausing || open >= target) {
            return Reservation.NONE;
        }
        Reservation room = permits.reserve();
        if (!room.equals(Reservation.NONE)) {
            open++;
        }
        return room;
    }

    private void send(Reservation room) {
        long sent = timer.nanos();
        Answer.of(
                api.receive(waitSeconds),
                messages -> {
                    received(room, messages, sent);
                    sendMore();
                },
                failure -> {
                    failed(room, SqsFailures.of("ReceiveMessage", failure));
                    sendMore();
                });
    }

    private void received(Reservation room, List<Message> messages, long sent) {
        metrics.count("sqs.receives", 1);
        if (messages.isEmpty()) {
            metrics.count("sqs.receives.empty", 1);
        }
        long size;
        try {
            size = messages.isEmpty() ? 0 : answers.received(messages, sent);
        } catch (RuntimeException unreadable) {
            // Left to lapse, so that it comes again. The exception's message may quote it.
            String kind = unreadable.getClass().getSimpleName();
            failed(room, new SqsFailure(Kind.TRANSIENT, "ReceiveMessage gave an answer that is of no use: " + kind));
            return;
        }
        permits.received(room, messages.size(), size);
        answered(messages.size());
    }

    private synchronized void answered(int count) {
        if (failure != null) {
            log.info("SQS gives messages again");
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

    private void failed(Reservation room, SqsFailure thrown) {
        permits.failed(room);
        metrics.count("sqs.receives.failed", 1);
        if (thrown.kind().isFatalWhileRunning()) {
            answers.fatal(thrown);
        }
        Optional<Duration> pause = failed(thrown);
        pause.ifPresent(length -> timer.after(length, this::resume));
    }

    private synchronized Optional<Duration> failed(SqsFailure thrown) {
        if (failure == null) {
            log.warn("cannot receive: {}", thrown.text());
        }
        failure = thrown;
        target = thrown.kind() == Kind.THROTTLED ? Math.max(target / 2, 1) : 1;
        stopped |= thrown.kind().isFatalWhileRunning();
        closed();
        if (pausing || stopped) {
            return Optional.empty();
        }
        pausing = true;
        failures++;
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

    /** Why the last receive failed, while none has succeeded since. */
    synchronized Optional<SqsFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many receives are open. */
    synchronized int open() {
        return open;
    }

    /** Sends no more. */
    synchronized void stop() {
        stopped = true;
    }

    /** Waits until no receive is open any more; false when one still is at the time given. */
    synchronized boolean awaitAnswers(long deadline) throws InterruptedException {
        while (open > 0) {
            long left = deadline - timer.nanos();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
