package io.etlkit.source.sqs.internal.source;

import io.etlkit.source.sqs.internal.client.FakeSqsApi;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A queue on a manual timer that knows until when each message is hidden, by the rules of SQS: a message that was shown
 * again is hidden no more by its old receipt, and none is hidden for more than twelve hours after its receipt. Its answers
 * to visibility changes fail as a test asks.
 */
final class VisibilityBook implements SqsApi {
    private static final Duration LONGEST = Duration.ofHours(12);

    private final FakeSqsApi queue = new FakeSqsApi();
    private final ManualScheduler timer;
    private final Duration visibility;
    private final Map<String, Hidden> hidden = new HashMap<>();
    private final List<String> lapsed = new ArrayList<>();
    private LongFunction<List<EntryFailure>> failing = call -> List.of();
    private long calls;
    private long changed;

    private record Hidden(long received, long until) {}

    VisibilityBook(ManualScheduler timer, Duration visibility) {
        this.timer = timer;
        this.visibility = visibility;
    }

    /** Which entries of a change fail, by the number of the call; what it throws, the call fails with. */
    void failing(LongFunction<List<EntryFailure>> entries) {
        failing = entries;
    }

    /** Answers the oldest open receive. */
    void deliver(int count) {
        List<Message> messages = queue.messages(count);
        messages.forEach(message ->
                hidden.put(message.receiptHandle(), new Hidden(timer.nanos(), timer.nanos() + visibility.toNanos())));
        queue.answer(messages);
    }

    /** Messages that were hidden anew so far. */
    long changed() {
        return changed;
    }

    /** Calls so far, failed ones included. */
    long calls() {
        return calls;
    }

    /** What is shown again by now although it was not deleted, or was when a change came. */
    List<String> lapsed() {
        List<String> all = new ArrayList<>(lapsed);
        hidden.forEach((receipt, state) -> {
            if (state.until() <= timer.nanos()) {
                all.add(receipt);
            }
        });
        return all;
    }

    @Override
    public CompletableFuture<List<Message>> receive(Duration wait) {
        return queue.receive(wait);
    }

    @Override
    public CompletableFuture<List<EntryFailure>> delete(List<String> receipts) {
        lapsed.addAll(lapsed().stream().filter(receipts::contains).toList());
        receipts.forEach(hidden::remove);
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<List<EntryFailure>> changeVisibility(List<VisibilityChange> changes) {
        List<EntryFailure> failures;
        try {
            failures = new ArrayList<>(failing.apply(calls++));
        } catch (SqsCallException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        for (int position = 0; position < changes.size(); position++) {
            int entry = position;
            if (failures.stream().noneMatch(failure -> failure.position() == entry) && !change(changes.get(position))) {
                failures.add(new EntryFailure(position, "InvalidParameterValue", true));
            }
        }
        return CompletableFuture.completedFuture(failures.stream()
                .filter(failure -> failure.position() < changes.size())
                .toList());
    }

    private boolean change(VisibilityChange change) {
        Hidden state = hidden.get(change.receipt());
        long until = timer.nanos() + Duration.ofSeconds(change.seconds()).toNanos();
        if (state == null || state.until() <= timer.nanos() || until > state.received() + LONGEST.toNanos()) {
            return false;
        }
        changed++;
        hidden.put(change.receipt(), new Hidden(state.received(), until));
        return true;
    }

    @Override
    public CompletableFuture<Long> countMessages() {
        return queue.countMessages();
    }

    @Override
    public void close() {
        queue.close();
    }
}
