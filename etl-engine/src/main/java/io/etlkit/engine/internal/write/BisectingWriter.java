package io.etlkit.engine.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.batch.GroupOrder;
import java.util.List;

/**
 * Finds the deliveries that make a sink refuse a batch: the batch is halved, between deliveries, until those at fault stand
 * alone. With k of n at fault that takes about 2 k log n writes, and all others are written, except those that stand behind
 * one at fault in their group. Used by its lane's thread.
 */
public final class BisectingWriter {
    private final Sink sink;
    private final MappingCheck mapping;

    public BisectingWriter(Sink sink, MappingCheck mapping) {
        this.sink = sink;
        this.mapping = mapping;
    }

    /**
     * Writes what goes to the sink in this round of a batch.
     *
     * @param outcome is told of each write; when this method throws, it holds what is known until then
     */
    public void write(Batch batch, WriteOutcome outcome) throws InterruptedException {
        new Search(batch, outcome).write(batch.outgoing());
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
                WriteResult result = sink.write(records);
                outcome.add(result, records);
                result.rejected().keySet().forEach(delivery -> order.stopAt(batch.original(delivery)));
            } catch (RejectedException refused) {
                int middle = middle(records);
                if (middle > 0) {
                    write(records.subList(0, middle));
                    write(records.subList(middle, records.size()));
                    return;
                }
                outcome.reject(records.get(0).delivery(), refused.rejection());
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
