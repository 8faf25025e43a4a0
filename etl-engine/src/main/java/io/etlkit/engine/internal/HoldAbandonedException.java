package io.etlkit.engine.internal;

/** The run was stopped while a call was held, and the last try failed as well. */
final class HoldAbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HoldAbandonedException(String what) {
        super(what + " did not come back before the stop");
    }
}
