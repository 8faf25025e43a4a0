package io.etlkit.source.sqs.internal.settle;

import io.etlkit.api.PluginMetrics;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.inflight.InFlightLimit;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import io.etlkit.source.sqs.internal.inflight.InFlightMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Deletes and releases messages, and makes room for others when that is confirmed. No call blocks. Safe for any thread. */
public final class Acknowledger {
    private final Scheduler scheduler;
    private final InFlightLimit limit;
    private final Listener listener;
    private final BatchSender deletes;
    private final BatchSender releases;

    /** Makes an acknowledger that returns the room of settled messages to the limit. */
    public Acknowledger(
            SqsApi api, Scheduler scheduler, InFlightLimit limit, PluginMetrics metrics, Listener listener) {
        this.scheduler = scheduler;
        this.limit = limit;
        this.listener = listener;
        this.deletes = new BatchSender(
                "delete",
                scheduler,
                batch -> api.delete(batch.stream()
                        .map(request -> request.message().receipt())
                        .toList()),
                new Results(limit, metrics, listener, "sqs.deletes", "sqs.deletes.failed"));
        this.releases = new BatchSender(
                "release",
                scheduler,
                batch -> api.changeVisibility(
                        batch.stream().map(MessageRequest::visibilityChange).toList()),
                new Results(limit, metrics, listener, "sqs.released", "sqs.released.failed"));
    }

    /** Learns what the results mean for the source; on any thread, and must not block. */
    public interface Listener {
        /** There is room for more messages. */
        void roomMade();

        /** Nothing can be settled, and a retry is pointless. */
        void fatal(SqsCallException failure);
    }

    /** Deletes messages. */
    public void delete(List<InFlightMessage> messages) {
        deletes.submit(requests(messages, 0));
    }

    /** Makes messages visible again after a delay, which SQS counts in whole seconds; at once when it is zero. */
    public void release(List<InFlightMessage> messages, Duration delay) {
        releases.submit(requests(messages, seconds(delay)));
    }

    /** Leaves messages to their visibility timeout. */
    public void forget(List<InFlightMessage> messages) {
        messages.forEach(message -> limit.release(message.count(), message.size()));
        listener.roomMade();
    }

    private List<MessageRequest> requests(List<InFlightMessage> messages, int seconds) {
        long now = scheduler.nanos();
        List<MessageRequest> requests = new ArrayList<>(messages.size());
        for (InFlightMessage message : messages) {
            long left =
                    InFlightMessages.LONGEST.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(now - message.received()) - 1;
            requests.add(new MessageRequest(message, (int) Math.max(0, Math.min(seconds, left)), now));
        }
        return requests;
    }

    private static int seconds(Duration delay) {
        Duration longest = InFlightMessages.LONGEST;
        Duration bounded = delay.compareTo(longest) < 0 ? delay : longest;
        long whole = bounded.toSeconds();
        long seconds = bounded.equals(Duration.ofSeconds(whole)) ? whole : whole + 1;
        return (int) Math.max(0, seconds);
    }

    /** How many messages are neither deleted nor released yet. */
    public int unfinished() {
        return deletes.unfinished() + releases.unfinished();
    }

    /** How many messages are not deleted yet. */
    public int unfinishedDeletes() {
        return deletes.unfinished();
    }

    /** Sends all requests at once, and waits until they are confirmed; false when they are not at the time given. */
    public boolean finish(long deadline) throws InterruptedException {
        deletes.flush();
        releases.flush();
        return deletes.awaitFinished(deadline) && releases.awaitFinished(deadline);
    }

    /** Counts, and makes room. */
    private record Results(
            InFlightLimit limit, PluginMetrics metrics, Listener listener, String doneMetric, String failedMetric)
            implements BatchSender.Listener {
        @Override
        public void done(List<MessageRequest> requests, long sent) {
            metrics.count(doneMetric, requests.size());
            int count = 0;
            long size = 0;
            for (MessageRequest request : requests) {
                count += request.message().count();
                size += request.message().size();
            }
            limit.release(count, size);
            listener.roomMade();
        }

        @Override
        public void stale(MessageRequest request) {
            metrics.count("sqs.receipts.stale", 1);
            release(request);
        }

        @Override
        public void failed(MessageRequest request) {
            metrics.count(failedMetric, 1);
            release(request);
        }

        private void release(MessageRequest request) {
            limit.release(request.message().count(), request.message().size());
            listener.roomMade();
        }

        @Override
        public void fatal(SqsCallException failure) {
            listener.fatal(failure);
        }
    }
}
