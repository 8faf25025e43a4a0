package io.etlkit.api;

import java.util.Map;
import java.util.Set;

/**
 * What a sink did with a batch. The three parts are disjoint and together name every delivery of the batch.
 *
 * @param written now durable because of this write
 * @param duplicate already durable from an earlier write; nothing was written
 * @param rejected refused by name; nothing of theirs was written
 */
public record WriteResult(Set<DeliveryId> written, Set<DeliveryId> duplicate, Map<DeliveryId, Rejection> rejected) {
    /** Copies the parts, and checks that they are disjoint. */
    public WriteResult {
        written = Set.copyOf(written);
        duplicate = Set.copyOf(duplicate);
        rejected = Map.copyOf(rejected);
        requireDisjoint(duplicate, written, "written and duplicate");
        requireDisjoint(rejected.keySet(), written, "written and rejected");
        requireDisjoint(rejected.keySet(), duplicate, "duplicate and rejected");
    }

    /** All were written. */
    public static WriteResult allWritten(Set<DeliveryId> written) {
        return new WriteResult(written, Set.of(), Map.of());
    }

    private static void requireDisjoint(Set<DeliveryId> some, Set<DeliveryId> others, String both) {
        for (DeliveryId delivery : some) {
            if (others.contains(delivery)) {
                throw new IllegalArgumentException(delivery + " is both " + both);
            }
        }
    }
}
