package io.etlkit.engine;

import java.util.Map;
import java.util.Set;

/**
 * A run of a pipeline over its own dead letters, each put through once. Its report counts letters as deliveries: what was
 * written, or had been written before, is removed from the dead letters; what was rejected again stays with the new reason;
 * what was released stays as it was. Safe for any thread.
 */
public interface ReplayRun extends PipelineRun {
    /** Why a letter could not be put through; it stays where it is. */
    enum Skip {
        /** Its original was not kept. */
        OMITTED("their originals were not kept"),
        /** Its original is sealed, and the pipeline names no keyset or nothing that opens seals is installed. */
        NO_KEYSET("they are sealed, and there is nothing to open them with; name a keyset as deadLetter.keyset"),
        /** Its original is sealed with a key that the keyset does not hold, or no longer. */
        UNKNOWN_KEY("they were sealed with a key that the keyset does not hold"),
        /** Its original is not what was sealed. */
        CHANGED("their originals were changed, or belong to another pipeline or message");

        private final String description;

        Skip(String description) {
            this.description = description;
        }

        /** Why, as the end of a sentence. */
        public String description() {
            return description;
        }
    }

    /** How many letters were not put through, by why; those that there are none of are left out. */
    Map<Skip, Long> skipped();

    /** Of the message ids that were asked for, those that there is no letter of; known at the end of the run. */
    Set<String> missing();
}
