package io.etlkit.source.sqs;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Reads an SQS queue.
 *
 * <ol>
 *   <li>{@link ReceiveLoop} receives ahead, as far as {@link Permits} allow, into {@link RecordBuffer}.
 *   <li>{@link #poll} hands over from there.
 *   <li>{@link VisibilityExtender} keeps hidden what is held for long.
 *   <li>{@link #settle} hands over to {@link Settler}, which deletes and releases, and gives the permits back.
 *   <li>{@link #close} releases what was not handed over and waits for what is under way.
 * </ol>
 */
final class SqsSource implements Source {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    private final SqsApi api;
    private final Timer timer;
    private final Runnable onClosed;
    private final FailureMessages messages;
    private final Duration drainTimeout;
    private final MessageReader reader;
    private final InFlight inFlight;
    private final RecordBuffer buffer = new RecordBuffer();
    private final ReceiveLoop receives;
    private final VisibilityExtender extender;
    private final Settler settler;
    private final DrainCheck drainCheck;
    private final PluginContext context;
    private final AtomicReference<@Nullable SqsFailure> fatal = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    /**
     * Makes a source; {@link #start} starts it.
     *
     * @param api closed with the source
     * @param onClosed what to do last
     */
    SqsSource(
            SqsApi api,
            Timer timer,
            Runnable onClosed,
            FailureMessages messages,
            Limits limits,
            Duration visibilityTimeout,
            PluginContext context) {
        this.api = api;
        this.timer = timer;
        this.onClosed = onClosed;
        this.messages = messages;
        this.context = context;
        this.drainTimeout = context.drainTimeout();
        this.reader = new MessageReader(context.clock());
        this.inFlight = new InFlight(visibilityTimeout);
        Permits permits = new Permits(limits.maxInFlight(), limits.maxBytes());
        this.receives = new ReceiveLoop(
                api, timer, permits, context.metrics(), new Arrivals(), limits.waitSeconds(), limits.maxReceives());
        this.extender = new VisibilityExtender(api, inFlight, timer, context.metrics(), visibilityTimeout);
        this.settler = new Settler(api, timer, permits, context.metrics(), new Settled());
        this.drainCheck = new DrainCheck(api, timer, this::isIdle, closed);
        context.metrics().gauge("sqs.inflight", permits::messages);
        context.metrics().gauge("sqs.receives.outstanding", receives::open);
    }

    /** Begins to receive. */
    void start() {
        extender.start();
        receives.sendMore();
    }

    @Override
    public List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException {
        failIfFatal();
        List<EtlRecord> records = take(max, maxWait.toNanos());
        if (records.isEmpty() && !closing.get()) {
            failIfFatal();
            var failure = receives.failure();
            if (failure.isPresent()) {
                throw messages.passing(failure.get());
            }
        }
        return records;
    }

    /** What has been here for so long that it is shown again will come again, so it is not handed over. */
    private List<EtlRecord> take(int max, long waitNanos) throws InterruptedException {
        List<RecordBuffer.Item> items = buffer.take(max, waitNanos);
        List<EtlRecord> records = new ArrayList<>(items.size());
        List<Flight> lapsed = new ArrayList<>(0);
        long now = timer.nanos();
        for (RecordBuffer.Item item : items) {
            if (item.flight().deadline() - now > 0) {
                records.add(item.record());
            } else {
                lapsed.add(item.flight());
            }
        }
        if (!lapsed.isEmpty()) {
            giveUp(lapsed);
        }
        return records;
    }

    private void giveUp(List<Flight> lapsed) {
        context.metrics().count("sqs.lapsed", lapsed.size());
        settler.forget(inFlight.take(lapsed.stream().map(Flight::delivery).toList(), timer.nanos()));
    }

    @Override
    public void settle(Settlement settlement) {
        if (closing.get()) {
            throw new IllegalStateException("the source is closed");
        }
        failIfFatal();
        settler.delete(inFlight.take(settlement.done(), timer.nanos()));
        if (!settlement.released().isEmpty()) {
            release(settlement);
        }
    }

    private void release(Settlement settlement) {
        Map<Duration, List<Flight>> byDelay = new HashMap<>();
        settlement
                .released()
                .forEach((delivery, delay) -> byDelay.computeIfAbsent(delay, any -> new ArrayList<>())
                        .addAll(inFlight.take(List.of(delivery), timer.nanos())));
        byDelay.forEach((delay, flights) -> settler.release(flights, delay));
    }

    @Override
    public boolean drained() {
        failIfFatal();
        try {
            return drainCheck.drained();
        } catch (SqsFailure failure) {
            throw failure.kind().isFatalWhileRunning() ? messages.fatal(failure) : messages.passing(failure);
        }
    }

    private boolean isIdle() {
        return inFlight.isEmpty() && settler.unfinished() == 0;
    }

    private void failIfFatal() {
        SqsFailure failure = fatal.get();
        if (failure != null) {
            told.set(true);
            throw messages.fatal(failure);
        }
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        long deadline = timer.nanos() + drainTimeout.toNanos();
        closed.complete(true);
        receives.stop();
        extender.stop();
        releaseUndelivered(buffer.close());
        boolean interrupted = false;
        try {
            finish(deadline);
        } catch (InterruptedException hurried) {
            interrupted = true;
        } finally {
            api.close();
            onClosed.run();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        failIfNotConfirmed();
    }

    private void releaseUndelivered(List<RecordBuffer.Item> items) {
        List<Flight> flights = inFlight.take(
                items.stream().map(item -> item.flight().delivery()).toList(), timer.nanos());
        settler.release(flights, Duration.ZERO);
    }

    private void finish(long deadline) throws InterruptedException {
        settler.finish(timer.nanos());
        int open = receives.open();
        if (open > 0) {
            log.info(
                    "waiting for {} open receives of the {}: to cut one off would hide what it is about to bring",
                    open,
                    messages.queue());
        }
        boolean answered = receives.awaitAnswers(deadline);
        boolean settled = settler.finish(deadline);
        if (!answered || !settled) {
            log.warn(
                    "the {} did not answer within the drain timeout: {} receives and {} settlements are left; their"
                            + " messages come again when their visibility timeout is over",
                    messages.queue(),
                    receives.open(),
                    settler.unfinished());
        }
    }

    /** Deletes that are not confirmed mean redeliveries, and nobody will ask again. */
    private void failIfNotConfirmed() {
        if (!told.get()) {
            failIfFatal();
        }
        int deletes = settler.unfinishedDeletes();
        if (deletes > 0) {
            throw new TransientException(messages.queue() + ": " + deletes
                    + " deletes were not confirmed within the drain timeout of " + drainTimeout.toSeconds()
                    + " s; these messages will be delivered again");
        }
    }

    private void fail(SqsFailure failure) {
        fatal.compareAndSet(null, failure);
    }

    /** How much a source takes on. */
    record Limits(int maxInFlight, long maxBytes, int maxReceives, int waitSeconds) {
        /** What a long poll may take of the visibility timeout, which counts from when the receive was sent. */
        private static final int WAIT_SHARE = 4;

        /**
         * These, with a long poll that leaves time to work on what it brings: a message that comes late in it would be seen as
         * lapsed, come again, and so on.
         */
        Limits within(Duration visibilityTimeout) {
            long most = Math.max(1, visibilityTimeout.toSeconds() / WAIT_SHARE);
            return new Limits(maxInFlight, maxBytes, maxReceives, (int) Math.min(waitSeconds, most));
        }
    }

    /** Takes what was received; when the source is closed in the meantime, it goes back at once. */
    private final class Arrivals implements ReceiveLoop.Answers {
        @Override
        public long received(List<Message> received, long sent) {
            long deadline = inFlight.deadlineFrom(sent);
            List<RecordBuffer.Item> items = new ArrayList<>(received.size());
            List<Flight> flights = new ArrayList<>(received.size());
            long size = 0;
            for (Message message : received) {
                EtlRecord record = reader.read(message);
                Flight flight = Flight.received(
                        record.delivery(), sent, deadline, message.body().length());
                items.add(new RecordBuffer.Item(record, flight));
                flights.add(flight);
                size += flight.size();
            }
            inFlight.add(flights);
            if (!buffer.add(items)) {
                releaseUndelivered(items);
            }
            return size;
        }

        @Override
        public void fatal(SqsFailure failure) {
            fail(failure);
        }
    }

    /** Makes use of the room that settling makes. */
    private final class Settled implements Settler.Listener {
        @Override
        public void roomMade() {
            receives.sendMore();
        }

        @Override
        public void fatal(SqsFailure failure) {
            fail(failure);
        }
    }
}
