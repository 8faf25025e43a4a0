package io.etlkit.engine.internal.replay;

import io.etlkit.engine.ReplayRun.Skip;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a replay finds out about letters that it does not put through. Safe for any thread. */
final class ReplayNotes {
    private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /** The ids that are asked for; each is missing until it is found. */
    ReplayNotes(Set<String> asked) {
        missing.addAll(asked);
    }

    /** Counts a letter that is skipped; whether it is the first for this reason. */
    synchronized boolean skip(Skip why) {
        return skipped.merge(why, 1L, Long::sum) == 1;
    }

    void found(String messageId) {
        missing.remove(messageId);
    }

    synchronized Map<Skip, Long> skipped() {
        return Map.copyOf(skipped);
    }

    Set<String> missing() {
        return Set.copyOf(missing);
    }
}
