package io.etlkit.transform.mask.internal.method;

/** The options of a field that only some methods use. */
public enum MethodOption {
    TYPE("type"),
    COERCE("coerce"),
    DOMAIN("domain"),
    EXISTING("existing"),
    ON_INVALID("onInvalid"),
    INDEX("index"),
    INDEX_TO("indexTo"),
    TEXT("text"),
    KEEP("keep"),
    V4("v4"),
    V6("v6");

    private final String label;

    MethodOption(String label) {
        this.label = label;
    }

    /** The option as a pipeline file spells it. */
    public String label() {
        return label;
    }
}
