package io.etlkit.engine.internal.write;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.failure.FatalException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a sink to its word: a result names each delivery of the batch once, and no other; and nothing was written past a
 * refused record of the same ordered group.
 */
public final class CheckedSink implements Sink {
    private final Sink delegate;
    private final String label;

    public CheckedSink(Sink delegate, String label) {
        this.delegate = delegate;
        this.label = label;
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        WriteResult result = delegate.write(batch);
        Set<DeliveryId> expected = new HashSet<>(batch.size() * 2);
        for (EtlRecord record : batch) {
            expected.add(record.delivery());
        }
        int named = result.written().size()
                + result.duplicate().size()
                + result.rejected().size();
        boolean exact = named == expected.size()
                && removeAll(expected, result.written())
                && removeAll(expected, result.duplicate())
                && removeAll(expected, result.rejected().keySet());
        if (!exact) {
            throw new FatalException(label + ": its answer to a write does not name each delivery of the batch exactly"
                    + " once; this is a bug of that plugin");
        }
        Set<DeliveryId> refused = result.rejected().keySet();
        if (WriteResult.overtakes(batch, refused)) {
            throw new FatalException(
                    label + ": it refused a record by name and wrote later ones of the same group, which"
                            + " breaks the queue's order; this is a bug of that plugin");
        }
        return result;
    }

    private static boolean removeAll(Set<DeliveryId> expected, Set<DeliveryId> named) {
        for (DeliveryId delivery : named) {
            if (!expected.remove(delivery)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        delegate.close();
    }
}
