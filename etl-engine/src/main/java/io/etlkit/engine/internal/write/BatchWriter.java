package io.etlkit.engine.internal.write;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.batch.GroupOrder;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.retry.Ticker;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes batches to the sink. Used by its lane's thread.
 *
 * <ol>
 *   <li>A transient failure is retried with the same records; a timer measures each try.
 *   <li>The result must name each delivery exactly once.
 *   <li>When the sink rejects the records as a whole, they are halved, between deliveries, until each delivery at fault
 *       stands alone. With k of n at fault that takes about 2 k log n writes. All others are written, except those behind a
 *       rejected one in its group.
 *   <li>When the sink rejects too many, the pipeline stops ({@link MappingCheck}).
 * </ol>
 */
public final class BatchWriter {
    private final Sink sink;
    private final String label;
    private final Retrier retrier;
    private final Timer timer;
    private final Ticker ticker;
    private final MappingCheck mapping;

    /**
     * Writes to a sink.
     *
     * @param label names the sink in messages
     * @param timer measures each try, failed ones included
     */
    public BatchWriter(Sink sink, String label, Retrier retrier, Timer timer, Ticker ticker, MappingCheck mapping) {
        this.sink = sink;
        this.label = label;
        this.retrier = retrier;
        this.timer = timer;
        this.ticker = ticker;
        this.mapping = mapping;
    }

    /**
     * Writes what goes to the sink in this round of a batch.
     *
     * @param outcome collects the result of each write; when this method throws, it holds what is known until then
     */
    public void write(Batch batch, WriteOutcome outcome) throws InterruptedException {
        new Search(batch, outcome).write(batch.outgoing());
    }

    private WriteResult writeChecked(List<EtlRecord> records) throws InterruptedException {
        WriteResult result = retrier.call(label, () -> writeTimed(records));
        if (!namesEachOnce(result, records)) {
            throw new FatalException(label + ": its answer to a write does not name each delivery of the batch exactly"
                    + " once; this is a bug of that plugin");
        }
        if (WriteResult.overtakes(records, result.rejected().keySet())) {
            throw new FatalException(
                    label + ": it refused a record by name and wrote later ones of the same group, which"
                            + " breaks the queue's order; this is a bug of that plugin");
        }
        return result;
    }

    private WriteResult writeTimed(List<EtlRecord> records) throws InterruptedException {
        long start = ticker.nanos();
        try {
            return sink.write(records);
        } finally {
            timer.record(Duration.ofNanos(ticker.nanos() - start));
        }
    }

    private static boolean namesEachOnce(WriteResult result, List<EtlRecord> records) {
        Set<DeliveryId> expected = new HashSet<>(records.size() * 2);
        for (EtlRecord record : records) {
            expected.add(record.delivery());
        }
        int named = result.written().size()
                + result.duplicate().size()
                + result.rejected().size();
        return named == expected.size()
                && expected.containsAll(result.written())
                && expected.containsAll(result.duplicate())
                && expected.containsAll(result.rejected().keySet());
    }

    /** The halving of one batch. */
    private final class Search {
        private final Batch batch;
        private final WriteOutcome outcome;
        private final GroupOrder order = new GroupOrder();

        Search(Batch batch, WriteOutcome outcome) {
            this.batch = batch;
            this.outcome = outcome;
        }

        void write(List<EtlRecord> all) throws InterruptedException {
            List<EtlRecord> records = allowed(all);
            if (records.isEmpty()) {
                return;
            }
            try {
                WriteResult result = writeChecked(records);
                outcome.add(result, records);
                result.rejected().keySet().forEach(delivery -> order.stopAt(batch.original(delivery)));
            } catch (RejectedException rejected) {
                int middle = middle(records);
                if (middle > 0) {
                    write(records.subList(0, middle));
                    write(records.subList(middle, records.size()));
                    return;
                }
                outcome.reject(records.get(0).delivery(), rejected.rejection());
                order.stopAt(batch.original(records.get(0).delivery()));
            }
            mapping.check(batch.forSink(), batch.refusedBySink(), outcome);
        }

        private List<EtlRecord> allowed(List<EtlRecord> records) {
            if (!order.isStopped()) {
                return records;
            }
            return records.stream()
                    .filter(record -> !order.isBehind(batch.original(record.delivery())))
                    .toList();
        }
    }

    /** Where to cut so that both parts have deliveries of their own; 0 when there is only one delivery. */
    private static int middle(List<EtlRecord> records) {
        int half = records.size() / 2;
        int after = half;
        while (after > 0 && after < records.size() && sameDelivery(records, after)) {
            after++;
        }
        if (after > 0 && after < records.size()) {
            return after;
        }
        int before = half;
        while (before > 0 && sameDelivery(records, before)) {
            before--;
        }
        return before;
    }

    private static boolean sameDelivery(List<EtlRecord> records, int index) {
        return records.get(index).delivery().equals(records.get(index - 1).delivery());
    }
}
