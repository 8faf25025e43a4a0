package io.etlkit.engine.internal.failure;

/** A plugin threw what it should not have. Only classes and frames of the cause may be shown. */
public final class UnexpectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnexpectedException(String what, RuntimeException cause) {
        super(what + " failed unexpectedly: " + FailureDescription.brief(cause), cause);
    }
}
