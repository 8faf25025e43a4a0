package io.etlkit.engine.internal.batch;

import io.etlkit.api.EtlRecord;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the order within groups (SQS FIFO): where a delivery of a group stops, the later ones stand behind it. As long as
 * none stops it looks at nothing. Used by its lane's thread.
 */
public final class GroupOrder {
    private final Set<String> stopped = new HashSet<>();

    /** A delivery goes no further for now. */
    public void stopAt(EtlRecord original) {
        original.orderedGroup().ifPresent(stopped::add);
    }

    /** Whether any delivery of a group has stopped. */
    public boolean isStopped() {
        return !stopped.isEmpty();
    }

    /** Whether an earlier delivery of the same group has stopped. */
    public boolean isBehind(EtlRecord original) {
        return isStopped() && original.orderedGroup().filter(stopped::contains).isPresent();
    }
}
