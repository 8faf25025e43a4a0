package io.etlkit.engine.internal;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import java.util.List;

/**
 * Finds the deliveries that make a sink refuse a batch: the batch is halved, between deliveries, until those at fault stand
 * alone. With k of n at fault that takes about k log n writes, and all others are written. Used by its lane's thread.
 */
final class BisectingWriter {
    private final Sink sink;
    private final MappingCheck mapping;

    BisectingWriter(Sink sink, MappingCheck mapping) {
        this.sink = sink;
        this.mapping = mapping;
    }

    /**
     * Writes a batch.
     *
     * @param records those of one delivery stand together
     * @param outcome is told of each write; when this method throws, it holds what is known until then
     */
    void write(List<EtlRecord> records, WriteOutcome outcome) throws InterruptedException {
        if (!records.isEmpty()) {
            write(records, deliveries(records), outcome);
        }
    }

    private void write(List<EtlRecord> records, int deliveriesOfBatch, WriteOutcome outcome)
            throws InterruptedException {
        try {
            outcome.add(sink.write(records), records);
        } catch (RejectedException refused) {
            int middle = middle(records);
            if (middle == 0) {
                outcome.reject(records.get(0).delivery(), refused.rejection());
            } else {
                write(records.subList(0, middle), deliveriesOfBatch, outcome);
                write(records.subList(middle, records.size()), deliveriesOfBatch, outcome);
                return;
            }
        }
        mapping.check(deliveriesOfBatch, outcome);
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

    private static int deliveries(List<EtlRecord> records) {
        int count = 0;
        DeliveryId last = null;
        for (EtlRecord record : records) {
            if (!record.delivery().equals(last)) {
                count++;
                last = record.delivery();
            }
        }
        return count;
    }
}
