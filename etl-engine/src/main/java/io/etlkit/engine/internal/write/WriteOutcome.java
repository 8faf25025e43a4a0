package io.etlkit.engine.internal.write;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.WriteResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a batch's writing so far. It grows with each write, so that what is durable stays known when a later
 * write of the same batch fails. Used by its lane's thread.
 */
public final class WriteOutcome {
    private Set<DeliveryId> written = Set.of();
    private Set<DeliveryId> duplicate = Set.of();
    private final Map<DeliveryId, Rejection> rejected = new HashMap<>();
    private long rows;

    void add(WriteResult result, List<EtlRecord> records) {
        written = union(written, result.written());
        duplicate = union(duplicate, result.duplicate());
        rejected.putAll(result.rejected());
        rows += rowsOf(result, records);
    }

    void reject(DeliveryId delivery, Rejection rejection) {
        rejected.put(delivery, rejection);
    }

    public Set<DeliveryId> written() {
        return written;
    }

    public Set<DeliveryId> duplicate() {
        return duplicate;
    }

    public Map<DeliveryId, Rejection> rejected() {
        return rejected;
    }

    public long rows() {
        return rows;
    }

    private static long rowsOf(WriteResult result, List<EtlRecord> records) {
        if (result.duplicate().isEmpty() && result.rejected().isEmpty()) {
            return records.size();
        }
        return records.stream()
                .filter(record -> result.written().contains(record.delivery()))
                .count();
    }

    /** Most batches are one write: then the sink's own set is passed on, and nothing is copied. */
    private static Set<DeliveryId> union(Set<DeliveryId> one, Set<DeliveryId> other) {
        if (one.isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return one;
        }
        Set<DeliveryId> both = one instanceof HashSet ? one : new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
