package io.etlkit.engine;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which dead letters are put through the pipeline again.
 *
 * @param messageIds those of these messages; empty: of all
 * @param reason those rejected for this reason; empty: for any
 * @param limit the most letters to put through; empty: no limit
 * @param dryRun only see what the chain of transforms makes of them: nothing is written, kept or removed
 */
public record ReplaySelection(Set<String> messageIds, Optional<String> reason, OptionalLong limit, boolean dryRun) {
    /** Copies the ids. */
    public ReplaySelection {
        messageIds = Set.copyOf(messageIds);
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw new IllegalArgumentException("limit: must be at least 1");
        }
    }

    /** All letters. */
    public static ReplaySelection all() {
        return new ReplaySelection(Set.of(), Optional.empty(), OptionalLong.empty(), false);
    }
}
