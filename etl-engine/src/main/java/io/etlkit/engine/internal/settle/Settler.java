package io.etlkit.engine.internal.settle;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.run.Outcome;
import io.etlkit.engine.internal.run.RunCounters;
import io.etlkit.engine.internal.write.WriteOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells the source what became of deliveries, and counts them, each once. Used by its lane's thread. */
public final class Settler {
    private final Source source;
    private final String label;
    private final Retrier retrier;
    private final RunCounters counters;

    public Settler(Source source, String label, Retrier retrier, RunCounters counters) {
        this.source = source;
        this.label = label;
        this.retrier = retrier;
        this.counters = counters;
    }

    /** Settles what is durable in the sink, and what was filtered. */
    public void settleWritten(Batch batch, WriteOutcome outcome) throws InterruptedException {
        close(batch, Outcome.WRITTEN, outcome.written());
        close(batch, Outcome.DUPLICATE, outcome.duplicate());
        close(batch, Outcome.FILTERED, batch.filtered());
        counters.rows(outcome.rows());
        settle(new Settlement(union(outcome.written(), outcome.duplicate(), batch.filtered()), Map.of()));
    }

    /** Settles deliveries as done. */
    void settleDone(Batch batch, Outcome outcome, Set<DeliveryId> done) throws InterruptedException {
        close(batch, outcome, done);
        settle(new Settlement(done, Map.of()));
    }

    /** Gives deliveries back to the source. */
    void release(Batch batch, Map<DeliveryId, Duration> delays) throws InterruptedException {
        close(batch, Outcome.RELEASED, delays.keySet());
        settle(new Settlement(Set.of(), delays));
    }

    /** Gives all that is still open back to the source, to be delivered again at once. */
    public void releaseAll(Batch batch) throws InterruptedException {
        Map<DeliveryId, Duration> delays = new HashMap<>();
        batch.open().forEach(delivery -> delays.put(delivery, Duration.ZERO));
        release(batch, delays);
    }

    /** Leaves all that is still open to lapse: the source will deliver it again, which counts as released. */
    public void leaveToLapse(Batch batch) {
        close(batch, Outcome.RELEASED, Set.copyOf(batch.open()));
    }

    private void close(Batch batch, Outcome outcome, Set<DeliveryId> deliveries) {
        batch.close(deliveries);
        counters.settled(outcome, deliveries.size());
    }

    private void settle(Settlement settlement) throws InterruptedException {
        if (!settlement.isEmpty()) {
            boolean ignored = retrier.call(label, () -> {
                source.settle(settlement);
                return true;
            });
        }
    }

    /** Mostly all but one are empty; then nothing is copied. */
    private static Set<DeliveryId> union(Set<DeliveryId> written, Set<DeliveryId> duplicate, Set<DeliveryId> filtered) {
        if (duplicate.isEmpty() && filtered.isEmpty()) {
            return written;
        }
        Set<DeliveryId> all = new HashSet<>(written);
        all.addAll(duplicate);
        all.addAll(filtered);
        return all;
    }
}
