package io.etlkit.source.sqs;

import io.etlkit.api.PluginMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Deletes and releases messages, and gives their permits back when that is confirmed. No call blocks. Safe for any thread. */
final class Settler {
    private final Timer timer;
    private final Permits permits;
    private final Listener listener;
    private final BatchedCalls deletes;
    private final BatchedCalls releases;

    /**
     * Makes a settler.
     *
     * @param listener is told when there is room for more messages, and when nothing can be settled any more
     */
    Settler(SqsApi api, Timer timer, Permits permits, PluginMetrics metrics, Listener listener) {
        this.timer = timer;
        this.permits = permits;
        this.listener = listener;
        this.deletes = new BatchedCalls(
                "delete",
                timer,
                entries -> api.delete(
                        entries.stream().map(entry -> entry.flight().receipt()).toList()),
                new Outcome(permits, metrics, listener, "sqs.deletes", "sqs.deletes.failed"));
        this.releases = new BatchedCalls(
                "release",
                timer,
                VisibilityCalls.of(api),
                new Outcome(permits, metrics, listener, "sqs.released", "sqs.released.failed"));
    }

    /** Is told what the settling means for the source; on any thread, and must not block. */
    interface Listener {
        /** There is room for more messages. */
        void roomMade();

        /** SQS will not take any settlement. */
        void fatal(SqsFailure failure);
    }

    /** Deletes messages. */
    void delete(List<Flight> flights) {
        deletes.submit(entries(flights, 0));
    }

    /** Shows messages again after a delay; at once only when it is zero, for SQS counts in whole seconds. */
    void release(List<Flight> flights, Duration delay) {
        releases.submit(entries(flights, seconds(delay)));
    }

    /** Leaves messages to SQS, which shows them again by itself. */
    void forget(List<Flight> flights) {
        flights.forEach(flight -> permits.giveBack(flight.permits(), flight.size()));
        listener.roomMade();
    }

    private List<BatchEntry> entries(List<Flight> flights, int seconds) {
        long now = timer.nanos();
        List<BatchEntry> entries = new ArrayList<>(flights.size());
        for (Flight flight : flights) {
            long left = InFlight.LONGEST.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(now - flight.received()) - 1;
            entries.add(new BatchEntry(flight, (int) Math.max(0, Math.min(seconds, left)), now));
        }
        return entries;
    }

    private static int seconds(Duration delay) {
        Duration longest = InFlight.LONGEST;
        Duration bounded = delay.compareTo(longest) < 0 ? delay : longest;
        long whole = bounded.toSeconds();
        long seconds = bounded.equals(Duration.ofSeconds(whole)) ? whole : whole + 1;
        return (int) Math.max(0, seconds);
    }

    /** How many messages are neither deleted nor released yet. */
    int unfinished() {
        return deletes.unfinished() + releases.unfinished();
    }

    /** How many messages are not deleted yet. */
    int unfinishedDeletes() {
        return deletes.unfinished();
    }

    /** Sends what there is, and waits until it is confirmed; false when it is not by the time given. */
    boolean finish(long deadline) throws InterruptedException {
        deletes.hurry();
        releases.hurry();
        return deletes.awaitFinished(deadline) && releases.awaitFinished(deadline);
    }

    /** Counts, and gives permits back. */
    private record Outcome(
            Permits permits, PluginMetrics metrics, Listener listener, String doneMetric, String failedMetric)
            implements BatchedCalls.Results {
        @Override
        public void done(List<BatchEntry> entries, long sent) {
            metrics.count(doneMetric, entries.size());
            int count = 0;
            long size = 0;
            for (BatchEntry entry : entries) {
                count += entry.flight().permits();
                size += entry.flight().size();
            }
            permits.giveBack(count, size);
            listener.roomMade();
        }

        @Override
        public void stale(BatchEntry entry) {
            metrics.count("sqs.receipts.stale", 1);
            giveBack(entry);
        }

        @Override
        public void failed(BatchEntry entry) {
            metrics.count(failedMetric, 1);
            giveBack(entry);
        }

        private void giveBack(BatchEntry entry) {
            permits.giveBack(entry.flight().permits(), entry.flight().size());
            listener.roomMade();
        }

        @Override
        public void fatal(SqsFailure failure) {
            listener.fatal(failure);
        }
    }
}
