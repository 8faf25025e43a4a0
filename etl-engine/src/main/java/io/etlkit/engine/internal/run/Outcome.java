package io.etlkit.engine.internal.run;

/** What becomes of a delivery. */
public enum Outcome {
    WRITTEN("written"),
    FILTERED("filtered"),
    DUPLICATE("duplicate"),
    DEAD_LETTERED("deadLettered"),
    DROPPED("dropped"),
    RELEASED("released");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name in metrics and in the summary. */
    String label() {
        return label;
    }
}
