package io.etlkit.source.sqs;

import io.etlkit.source.sqs.SqsApi.EntryFailure;
import io.etlkit.source.sqs.SqsFailure.Kind;
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
 * Sends entries to SQS in batches of ten: at once when there are ten, after 50 ms in any case, 32 requests at a time. What
 * fails and is not the sender's fault is sent again until its message would be shown again. No call blocks, and nothing is
 * sent on the caller's thread. Safe for any thread.
 */
final class BatchedCalls {
    private static final int MAX_REQUESTS = 32;
    private static final Duration LINGER = Duration.ofMillis(50);

    /** How SQS says that the receipt is not the message's current one, or that the message is shown again or gone. */
    private static final Set<String> STALE = Set.of(
            "ReceiptHandleIsInvalid",
            "InvalidParameterValue",
            "MessageNotInflight",
            "AWS.SimpleQueueService.MessageNotInflight");

    private final String what;
    private final Timer timer;
    private final Call call;
    private final Results results;
    private final Deque<BatchEntry> waiting = new ArrayDeque<>();
    private final Trouble trouble;
    private int requests;
    private int unfinished;
    private boolean lingering;
    private boolean hurrying;

    /**
     * Makes the batches of one action.
     *
     * @param what is done, for log lines: {@code delete}
     */
    BatchedCalls(String what, Timer timer, Call call, Results results) {
        this.what = what;
        this.trouble = new Trouble(what);
        this.timer = timer;
        this.call = call;
        this.results = results;
    }

    /** Sends one batch. */
    @FunctionalInterface
    interface Call {
        CompletableFuture<List<EntryFailure>> send(List<BatchEntry> entries);
    }

    /** Is told what became of each entry, once; on any thread, and must not block. */
    interface Results {
        /** Done. {@code sent} is when the request was sent. */
        void done(List<BatchEntry> entries, long sent);

        /** Will not be done: the receipt is no longer the message's. */
        void stale(BatchEntry entry);

        /** Will not be done. */
        void failed(BatchEntry entry);

        /** Will not be done, and nothing else will. */
        void fatal(SqsFailure failure);
    }

    /** Takes entries over. */
    void submit(Collection<BatchEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        boolean sendNow;
        synchronized (this) {
            unfinished += entries.size();
            sendNow = enqueue(entries);
        }
        if (sendNow) {
            timer.execute(this::send);
        }
    }

    /** Lingers no more from now on. */
    void hurry() {
        synchronized (this) {
            hurrying = true;
        }
        timer.execute(this::send);
    }

    /** How many entries are not finished. */
    synchronized int unfinished() {
        return unfinished;
    }

    /** Waits until every entry is finished; false when that is not by the time given. */
    synchronized boolean awaitFinished(long deadline) throws InterruptedException {
        while (unfinished > 0) {
            long left = deadline - timer.nanos();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** Whether there is a batch to send now; otherwise there will be, at the latest after the linger. Holds the lock. */
    private boolean enqueue(Collection<BatchEntry> entries) {
        waiting.addAll(entries);
        if (waiting.size() >= SqsApi.BATCH || hurrying) {
            return true;
        }
        if (!lingering) {
            lingering = true;
            timer.after(LINGER, this::lingered);
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
        for (List<BatchEntry> batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
    }

    private synchronized List<BatchEntry> next() {
        if (requests >= MAX_REQUESTS || !isDue()) {
            return List.of();
        }
        List<BatchEntry> batch = new ArrayList<>(SqsApi.BATCH);
        while (batch.size() < SqsApi.BATCH && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        requests++;
        return batch;
    }

    /** Whether there is a batch to send; makes sure of being asked again when there is only a part of one. */
    private boolean isDue() {
        @Nullable BatchEntry oldest = waiting.peek();
        if (oldest == null) {
            return false;
        }
        if (waiting.size() >= SqsApi.BATCH || hurrying) {
            return true;
        }
        long left = oldest.since() + LINGER.toNanos() - timer.nanos();
        if (left > 0 && !lingering) {
            lingering = true;
            timer.after(Duration.ofNanos(left), this::lingered);
        }
        return left <= 0;
    }

    private void send(List<BatchEntry> batch) {
        long sent = timer.nanos();
        Answer.of(
                call.send(batch),
                failures -> {
                    answered();
                    finish(batch, failures, sent);
                    send();
                },
                failure -> {
                    answered();
                    failed(batch, SqsFailures.of(what, failure));
                    send();
                });
    }

    private synchronized void answered() {
        requests--;
    }

    private void finish(List<BatchEntry> batch, List<EntryFailure> failures, long sent) {
        if (failures.isEmpty()) {
            trouble.over();
            results.done(batch, sent);
            finished(batch.size());
            return;
        }
        Map<Integer, EntryFailure> byPosition = new HashMap<>();
        failures.forEach(entry -> byPosition.put(entry.position(), entry));
        List<BatchEntry> done = new ArrayList<>();
        List<BatchEntry> again = new ArrayList<>();
        for (int position = 0; position < batch.size(); position++) {
            BatchEntry entry = batch.get(position);
            Optional<EntryFailure> entryFailure = Optional.ofNullable(byPosition.get(position));
            if (entryFailure.isEmpty()) {
                done.add(entry);
            } else if (mayPass(entry, entryFailure.get())) {
                again.add(entry);
            }
        }
        results.done(done, sent);
        finished(done.size());
        again(again);
    }

    /** Whether an entry is to be sent again; otherwise it is finished. */
    private boolean mayPass(BatchEntry entry, EntryFailure failure) {
        if (STALE.contains(failure.code())) {
            results.stale(entry);
        } else if (failure.senderFault()) {
            trouble.of("SQS refused to " + what + " a message: " + failure.code());
            results.failed(entry);
        } else {
            trouble.of("SQS did not " + what + " a message: " + failure.code());
            return true;
        }
        finished(1);
        return false;
    }

    private void failed(List<BatchEntry> batch, SqsFailure failure) {
        trouble.of("could not " + what + " messages: " + failure.text());
        if (failure.kind().isFatalWhileRunning()) {
            results.fatal(failure);
        }
        if (failure.kind().isFatalWhileRunning() || failure.kind() == Kind.REFUSED) {
            batch.forEach(results::failed);
            finished(batch.size());
        } else {
            again(batch);
        }
    }

    /** Together, or a throttled batch would come back as ten requests. */
    private void again(List<BatchEntry> entries) {
        List<BatchEntry> inTime = new ArrayList<>();
        Duration pause = Backoff.LONGEST;
        for (BatchEntry entry : entries) {
            Duration left = Duration.ofNanos(entry.flight().deadline() - timer.nanos());
            Optional<Duration> own = Backoff.within(left, entry.failedAgain());
            if (own.isPresent()) {
                inTime.add(entry);
                pause = own.get().compareTo(pause) < 0 ? own.get() : pause;
            } else {
                results.failed(entry);
                finished(1);
            }
        }
        if (inTime.isEmpty()) {
            return;
        }
        timer.after(pause, () -> {
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
