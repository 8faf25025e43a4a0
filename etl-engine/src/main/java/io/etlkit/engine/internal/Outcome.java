package io.etlkit.engine.internal;

/** What becomes of a delivery. */
enum Outcome {
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
