package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.internal.client.ConnectionSettings;
import io.etlkit.source.sqs.internal.client.ErrorMessages;
import io.etlkit.source.sqs.internal.client.QueueRole;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SchedulerThread;
import io.etlkit.source.sqs.internal.client.SdkSqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.client.SqsQueue;
import io.etlkit.source.sqs.internal.inflight.InFlightLimit;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import io.etlkit.source.sqs.internal.inflight.InFlightMessages;
import io.etlkit.source.sqs.internal.receive.MessageReader;
import io.etlkit.source.sqs.internal.receive.ReceiveLoop;
import io.etlkit.source.sqs.internal.receive.RecordBuffer;
import io.etlkit.source.sqs.internal.receive.RecordBuffer.Received;
import io.etlkit.source.sqs.internal.settle.Acknowledger;
import io.etlkit.source.sqs.internal.settle.Heartbeat;
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
 *   <li>{@link ReceiveLoop} receives into {@link RecordBuffer}, as far ahead as {@link InFlightLimit} allows.
 *   <li>{@link #poll} takes records from the buffer.
 *   <li>{@link Heartbeat} extends the visibility timeout of messages that are in flight for long.
 *   <li>{@link #settle} hands over to {@link Acknowledger}, which deletes and releases messages and makes room for others.
 *   <li>{@link #close} releases what was not polled and waits for open calls.
 * </ol>
 */
public final class SqsSource implements Source {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    private final SqsApi api;
    private final Scheduler scheduler;
    private final Runnable onClosed;
    private final ErrorMessages messages;
    private final Duration drainTimeout;
    private final MessageReader reader;
    private final InFlightMessages inFlight;
    private final RecordBuffer buffer = new RecordBuffer();
    private final ReceiveLoop receives;
    private final Heartbeat heartbeat;
    private final Acknowledger acknowledger;
    private final EmptyQueueCheck emptyQueueCheck;
    private final PluginContext context;
    private final AtomicReference<@Nullable SqsCallException> fatal = new AtomicReference<>();
    private final AtomicBoolean fatalReported = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    /**
     * Makes a source; {@link #start} starts it.
     *
     * @param api closed with the source
     * @param onClosed runs last
     */
    SqsSource(
            SqsApi api,
            Scheduler scheduler,
            Runnable onClosed,
            ErrorMessages messages,
            SourceLimits limits,
            Duration visibilityTimeout,
            PluginContext context) {
        this.api = api;
        this.scheduler = scheduler;
        this.onClosed = onClosed;
        this.messages = messages;
        this.context = context;
        this.drainTimeout = context.drainTimeout();
        this.reader = new MessageReader(context.clock());
        this.inFlight = new InFlightMessages(visibilityTimeout);
        InFlightLimit limit = new InFlightLimit(limits.maxInFlight(), limits.maxBytes());
        this.receives = new ReceiveLoop(
                api, scheduler, limit, context.metrics(), new Arrivals(), limits.longPoll(), limits.maxReceives());
        this.heartbeat = new Heartbeat(api, inFlight, scheduler, context.metrics(), visibilityTimeout);
        this.acknowledger = new Acknowledger(api, scheduler, limit, context.metrics(), new Settled());
        this.emptyQueueCheck = new EmptyQueueCheck(api, scheduler, this::isIdle, closed);
        context.metrics().gauge("sqs.inflight", limit::messages);
        context.metrics().gauge("sqs.receives.outstanding", receives::open);
    }

    /** Finds the queue, checks its settings and makes a source, which receives nothing before {@link #start}. */
    public static SqsSource create(ConnectionSettings settings, SourceLimits limits, PluginContext context) {
        SqsQueue queue = SqsQueue.open(settings, QueueRole.SOURCE);
        try {
            QueueSettingsCheck.check(queue.attributes(), queue.messages().queue(), context);
            Duration visibility = queue.attributes().visibilityTimeout();
            SchedulerThread thread = new SchedulerThread("etl-" + context.pipeline() + "-sqs-" + context.lane());
            return new SqsSource(
                    new SdkSqsApi(queue),
                    thread,
                    thread::close,
                    queue.messages(),
                    limits.within(visibility),
                    visibility,
                    context);
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    /** Starts to receive. */
    public void start() {
        heartbeat.start();
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

    /** Leaves out messages whose visibility timeout is over: they are delivered again. */
    private List<EtlRecord> take(int max, long waitNanos) throws InterruptedException {
        List<Received> received = buffer.take(max, waitNanos);
        List<EtlRecord> records = new ArrayList<>(received.size());
        List<InFlightMessage> lapsed = new ArrayList<>(0);
        long now = scheduler.nanos();
        for (Received each : received) {
            if (each.message().deadline() - now > 0) {
                records.add(each.record());
            } else {
                lapsed.add(each.message());
            }
        }
        if (!lapsed.isEmpty()) {
            giveUp(lapsed);
        }
        return records;
    }

    private void giveUp(List<InFlightMessage> lapsed) {
        context.metrics().count("sqs.lapsed", lapsed.size());
        acknowledger.forget(
                inFlight.take(lapsed.stream().map(InFlightMessage::delivery).toList(), scheduler.nanos()));
    }

    @Override
    public void settle(Settlement settlement) {
        if (closing.get()) {
            throw new IllegalStateException("the source is closed");
        }
        failIfFatal();
        acknowledger.delete(inFlight.take(settlement.done(), scheduler.nanos()));
        if (!settlement.released().isEmpty()) {
            release(settlement);
        }
    }

    private void release(Settlement settlement) {
        Map<Duration, List<InFlightMessage>> byDelay = new HashMap<>();
        settlement
                .released()
                .forEach((delivery, delay) -> byDelay.computeIfAbsent(delay, any -> new ArrayList<>())
                        .addAll(inFlight.take(List.of(delivery), scheduler.nanos())));
        byDelay.forEach((delay, released) -> acknowledger.release(released, delay));
    }

    @Override
    public boolean drained() {
        failIfFatal();
        try {
            return emptyQueueCheck.isEmpty();
        } catch (SqsCallException failure) {
            throw failure.kind().isFatalWhileRunning() ? messages.fatal(failure) : messages.passing(failure);
        }
    }

    private boolean isIdle() {
        return inFlight.isEmpty() && acknowledger.unfinished() == 0;
    }

    private void failIfFatal() {
        SqsCallException failure = fatal.get();
        if (failure != null) {
            fatalReported.set(true);
            throw messages.fatal(failure);
        }
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        long deadline = scheduler.nanos() + drainTimeout.toNanos();
        closed.complete(true);
        receives.stop();
        heartbeat.stop();
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

    private void releaseUndelivered(List<Received> received) {
        acknowledger.release(
                inFlight.take(
                        received.stream().map(each -> each.message().delivery()).toList(), scheduler.nanos()),
                Duration.ZERO);
    }

    private void finish(long deadline) throws InterruptedException {
        acknowledger.finish(scheduler.nanos());
        int open = receives.open();
        if (open > 0) {
            log.info(
                    "waiting for {} open receives of the {}: SQS would hide the messages of a receive that is cancelled",
                    open,
                    messages.queue());
        }
        boolean responded = receives.awaitResponses(deadline);
        boolean settled = acknowledger.finish(deadline);
        if (!responded || !settled) {
            log.warn(
                    "the {} did not answer within the drain timeout: {} receives and {} settlements are left; their"
                            + " messages come again when their visibility timeout is over",
                    messages.queue(),
                    receives.open(),
                    acknowledger.unfinished());
        }
    }

    /** Deletes that are not confirmed mean redeliveries, and nobody calls again. */
    private void failIfNotConfirmed() {
        if (!fatalReported.get()) {
            failIfFatal();
        }
        int deletes = acknowledger.unfinishedDeletes();
        if (deletes > 0) {
            throw new TransientException(messages.queue() + ": " + deletes
                    + " deletes were not confirmed within the drain timeout of " + drainTimeout.toSeconds()
                    + " s; these messages will be delivered again");
        }
    }

    private void fail(SqsCallException failure) {
        fatal.compareAndSet(null, failure);
    }

    /** Buffers what was received; when the source was closed meanwhile, it is released at once. */
    private final class Arrivals implements ReceiveLoop.Listener {
        @Override
        public long received(List<Message> messages, long sent) {
            long deadline = inFlight.deadlineFrom(sent);
            List<Received> received = new ArrayList<>(messages.size());
            List<InFlightMessage> arrived = new ArrayList<>(messages.size());
            long size = 0;
            for (Message message : messages) {
                EtlRecord record = reader.read(message);
                InFlightMessage inFlightMessage = InFlightMessage.received(
                        record.delivery(), sent, deadline, message.body().length());
                received.add(new Received(record, inFlightMessage));
                arrived.add(inFlightMessage);
                size += inFlightMessage.size();
            }
            inFlight.add(arrived);
            if (!buffer.add(received)) {
                releaseUndelivered(received);
            }
            return size;
        }

        @Override
        public void fatal(SqsCallException failure) {
            fail(failure);
        }
    }

    /** Receives more when messages are settled. */
    private final class Settled implements Acknowledger.Listener {
        @Override
        public void roomMade() {
            receives.sendMore();
        }

        @Override
        public void fatal(SqsCallException failure) {
            fail(failure);
        }
    }
}
