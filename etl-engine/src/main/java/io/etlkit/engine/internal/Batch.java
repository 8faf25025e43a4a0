package io.etlkit.engine.internal;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deliveries of one batch: what the source handed over, what goes to the sink, what was rejected, and which are still
 * open. Each delivery leaves it exactly once; that it does is asserted here. Used by its lane's thread.
 */
final class Batch {
    private final List<EtlRecord> originals = new ArrayList<>();
    private final Map<DeliveryId, EtlRecord> open = new HashMap<>();
    private final List<EtlRecord> outgoing = new ArrayList<>();
    private final Set<DeliveryId> filtered = new HashSet<>();
    private final List<RejectedDelivery> rejected = new ArrayList<>();

    /** A delivery that was refused. */
    record RejectedDelivery(EtlRecord original, Stage stage, Optional<String> step, Rejection rejection) {}

    /** Takes a delivery in. */
    void add(EtlRecord original) {
        if (open.putIfAbsent(original.delivery(), original) != null) {
            throw new FatalException("the source handed over the same delivery twice; each needs a name of its own");
        }
        originals.add(original);
    }

    int size() {
        return originals.size();
    }

    boolean isEmpty() {
        return originals.isEmpty();
    }

    List<EtlRecord> originals() {
        return originals;
    }

    /** What a delivery became: nothing, one record or several. */
    void transformed(EtlRecord original, List<EtlRecord> records) {
        if (records.isEmpty()) {
            filtered.add(original.delivery());
        } else {
            outgoing.addAll(records);
        }
    }

    void reject(EtlRecord original, Stage stage, Optional<String> step, Rejection rejection) {
        rejected.add(new RejectedDelivery(original, stage, step, rejection));
    }

    void rejectBySink(Map<DeliveryId, Rejection> refused) {
        if (refused.isEmpty()) {
            return;
        }
        // In the order of arrival, so that dead letters are too.
        for (EtlRecord original : originals) {
            Rejection rejection = refused.get(original.delivery());
            if (rejection != null) {
                reject(original, Stage.SINK, Optional.empty(), rejection);
            }
        }
    }

    /** The records for the sink; those of one delivery stand together. */
    List<EtlRecord> outgoing() {
        return outgoing;
    }

    Set<DeliveryId> filtered() {
        return filtered;
    }

    List<RejectedDelivery> rejected() {
        return rejected;
    }

    /** The deliveries whose fate is not decided yet. */
    Set<DeliveryId> open() {
        return open.keySet();
    }

    /** The original of an open delivery. */
    Collection<EtlRecord> openOriginals() {
        return open.values();
    }

    /** Takes note that the fate of these is decided. */
    void close(Set<DeliveryId> deliveries) {
        for (DeliveryId delivery : deliveries) {
            if (open.remove(delivery) == null) {
                throw new FatalException("a delivery was about to be settled twice; please report this as a bug");
            }
        }
    }

    /** Takes note that the fate of all is decided. */
    void assertClosed() {
        if (!open.isEmpty()) {
            throw new FatalException(
                    open.size() + " deliveries of a batch were not settled; please report this as a bug");
        }
    }
}
