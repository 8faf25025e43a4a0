package io.etlkit.api;

import java.util.Locale;

/** What becomes of a rejected record. */
public enum RejectPolicy {
    /** Kept in the dead-letter sink, then settled as done. */
    DEAD_LETTER,
    /** Given back to the source, for its own redrive policy to deal with. */
    RELEASE,
    /** The pipeline stops; the record is not settled. */
    FAIL,
    /** Counted, settled as done and forgotten. */
    DROP;

    /** As a pipeline file spells it: {@code deadLetter}, {@code release}, ... */
    @Override
    public String toString() {
        return this == DEAD_LETTER ? "deadLetter" : name().toLowerCase(Locale.ROOT);
    }
}
