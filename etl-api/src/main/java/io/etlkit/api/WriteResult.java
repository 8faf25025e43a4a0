package io.etlkit.api;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a sink did with a batch. The three parts are disjoint and together name every delivery of the batch.
 *
 * @param written now durable because of this write
 * @param duplicate already durable from an earlier write; nothing was written
 * @param rejected refused by name; nothing of theirs was written, nor any later record of their ordered groups: see {@link
 *     #overtakes}
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

    /**
     * Whether to write the rest of a batch would overtake a refused record of the same {@linkplain EtlRecord#orderedGroup
     * group}. Then a sink must not refuse by name, but throw a {@link RejectedException} and write nothing.
     *
     * @param batch in order
     * @param refused those that can not be written
     */
    public static boolean overtakes(List<EtlRecord> batch, Set<DeliveryId> refused) {
        if (refused.isEmpty()) {
            return false;
        }
        Set<String> groups = new HashSet<>();
        for (EtlRecord record : batch) {
            Optional<String> group = record.orderedGroup();
            if (group.isPresent() && refused.contains(record.delivery())) {
                groups.add(group.get());
            } else if (group.isPresent() && groups.contains(group.get())) {
                return true;
            }
        }
        return false;
    }

    private static void requireDisjoint(Set<DeliveryId> some, Set<DeliveryId> others, String both) {
        for (DeliveryId delivery : some) {
            if (others.contains(delivery)) {
                throw new IllegalArgumentException(delivery + " is both " + both);
            }
        }
    }
}
