package io.etlkit.source.sqs.internal.settle;

import io.etlkit.source.sqs.internal.client.Backoff;
import io.etlkit.source.sqs.internal.client.Callbacks;
import io.etlkit.source.sqs.internal.client.FailureLog;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi.EntryFailure;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to SQS in batches of ten: at once when there are ten, after 50 ms in any case, 32 batches at a time. A
 * request that fails and is not the sender's fault is retried with backoff until its message becomes visible again. No call
 * blocks, and nothing is sent on the caller's thread. Safe for any thread.
 */
final class BatchSender {
    private static final int MAX_BATCHES = 32;
    private static final Duration LINGER = Duration.ofMillis(50);

    /** The receipt is not the message's current one, or the message is visible again or gone. */
    private static final Set<String> STALE = Set.of(
            "ReceiptHandleIsInvalid",
            "InvalidParameterValue",
            "MessageNotInflight",
            "AWS.SimpleQueueService.MessageNotInflight");

    private final String action;
    private final Scheduler scheduler;
    private final Call call;
    private final Listener listener;
    private final Deque<MessageRequest> waiting = new ArrayDeque<>();
    private final FailureLog failureLog;
    private int batches;
    private int unfinished;
    private boolean lingering;
    private boolean flushing;

    /**
     * Makes the sender of one action.
     *
     * @param action what is done, for log lines: {@code delete}
     */
    BatchSender(String action, Scheduler scheduler, Call call, Listener listener) {
        this.action = action;
        this.failureLog = new FailureLog(action);
        this.scheduler = scheduler;
        this.call = call;
        this.listener = listener;
    }

    /** Sends one batch. */
    @FunctionalInterface
    interface Call {
        CompletableFuture<List<EntryFailure>> send(List<MessageRequest> batch);
    }

    /** Takes the result of each request, once; on any thread, and must not block. */
    interface Listener {
        /** Done. {@code sent} is when the batch was sent. */
        void done(List<MessageRequest> requests, long sent);

        /** Given up: the receipt is no longer the message's. */
        void stale(MessageRequest request);

        /** Given up. */
        void failed(MessageRequest request);

        /** All requests of this kind fail, and a retry is pointless. */
        void fatal(SqsCallException failure);
    }

    /** Sends requests soon. */
    void submit(Collection<MessageRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        boolean sendNow;
        synchronized (this) {
            unfinished += requests.size();
            sendNow = enqueue(requests);
        }
        if (sendNow) {
            scheduler.execute(this::send);
        }
    }

    /** Waits for no batch to fill any more. */
    void flush() {
        synchronized (this) {
            flushing = true;
        }
        scheduler.execute(this::send);
    }

    /** How many requests are not finished. */
    synchronized int unfinished() {
        return unfinished;
    }

    /** Waits until every request is finished; false when one is not at the time given. */
    synchronized boolean awaitFinished(long deadline) throws InterruptedException {
        while (unfinished > 0) {
            long left = deadline - scheduler.nanos();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** Whether there is a batch to send now; otherwise there will be after the linger. Holds the lock. */
    private boolean enqueue(Collection<MessageRequest> requests) {
        waiting.addAll(requests);
        if (waiting.size() >= SqsApi.BATCH || flushing) {
            return true;
        }
        if (!lingering) {
            lingering = true;
            scheduler.after(LINGER, this::lingered);
        }
        return false;
    }

    private void lingered() {
        synchronized (this) {
            lingering = false;
        }
        send();
    }

    private void send() {
        for (List<MessageRequest> batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
    }

    private synchronized List<MessageRequest> next() {
        if (batches >= MAX_BATCHES || !isDue()) {
            return List.of();
        }
        List<MessageRequest> batch = new ArrayList<>(SqsApi.BATCH);
        while (batch.size() < SqsApi.BATCH && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        batches++;
        return batch;
    }

    /** Whether there is a batch to send; schedules another look when there is only part of one. Holds the lock. */
    private boolean isDue() {
        @Nullable MessageRequest oldest = waiting.peek();
        if (oldest == null) {
            return false;
        }
        if (waiting.size() >= SqsApi.BATCH || flushing) {
            return true;
        }
        long left = oldest.since() + LINGER.toNanos() - scheduler.nanos();
        if (left > 0 && !lingering) {
            lingering = true;
            scheduler.after(Duration.ofNanos(left), this::lingered);
        }
        return left <= 0;
    }

    private void send(List<MessageRequest> batch) {
        long sent = scheduler.nanos();
        Callbacks.handle(
                call.send(batch),
                failures -> {
                    answered();
                    finish(batch, failures, sent);
                    send();
                },
                failure -> {
                    answered();
                    failed(batch, failure);
                    send();
                });
    }

    private synchronized void answered() {
        batches--;
    }

    private void finish(List<MessageRequest> batch, List<EntryFailure> failures, long sent) {
        if (failures.isEmpty()) {
            failureLog.succeeded();
            listener.done(batch, sent);
            finished(batch.size());
            return;
        }
        Map<Integer, EntryFailure> byPosition = new HashMap<>();
        failures.forEach(entry -> byPosition.put(entry.position(), entry));
        List<MessageRequest> done = new ArrayList<>();
        List<MessageRequest> again = new ArrayList<>();
        for (int position = 0; position < batch.size(); position++) {
            MessageRequest request = batch.get(position);
            Optional<EntryFailure> failure = Optional.ofNullable(byPosition.get(position));
            if (failure.isEmpty()) {
                done.add(request);
            } else if (isRetried(request, failure.get())) {
                again.add(request);
            }
        }
        listener.done(done, sent);
        finished(done.size());
        retry(again);
    }

    /** Whether to send a request again; otherwise it is finished. */
    private boolean isRetried(MessageRequest request, EntryFailure failure) {
        if (STALE.contains(failure.code())) {
            listener.stale(request);
        } else if (failure.senderFault()) {
            failureLog.failed("SQS refused to " + action + " a message: " + failure.code());
            listener.failed(request);
        } else {
            failureLog.failed("SQS did not " + action + " a message: " + failure.code());
            return true;
        }
        finished(1);
        return false;
    }

    private void failed(List<MessageRequest> batch, SqsCallException failure) {
        failureLog.failed("could not " + action + " messages: " + failure.text());
        if (failure.kind().isFatalWhileRunning()) {
            listener.fatal(failure);
        }
        if (failure.kind().isFatalWhileRunning() || failure.kind() == Kind.REFUSED) {
            batch.forEach(listener::failed);
            finished(batch.size());
        } else {
            retry(batch);
        }
    }

    /** As one batch, because one that was throttled would otherwise come back as ten. */
    private void retry(List<MessageRequest> requests) {
        List<MessageRequest> inTime = new ArrayList<>();
        Duration pause = Backoff.LONGEST;
        for (MessageRequest request : requests) {
            Duration left = Duration.ofNanos(request.message().deadline() - scheduler.nanos());
            Optional<Duration> own = Backoff.within(left, request.countFailure());
            if (own.isPresent()) {
                inTime.add(request);
                pause = own.get().compareTo(pause) < 0 ? own.get() : pause;
            } else {
                listener.failed(request);
                finished(1);
            }
        }
        if (inTime.isEmpty()) {
            return;
        }
        scheduler.after(pause, () -> {
            boolean sendNow;
            synchronized (this) {
                sendNow = enqueue(inTime);
            }
            if (sendNow) {
                send();
            }
        });
    }

    private synchronized void finished(int count) {
        unfinished -= count;
        if (unfinished == 0) {
            notifyAll();
        }
    }
}
