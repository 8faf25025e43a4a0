package io.etlkit.engine.internal.failure;

/** The run was stopped while a call was held, and the last try failed as well. */
public final class StoppedWhileRetryingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoppedWhileRetryingException(String what) {
        super(what + " did not come back before the stop");
    }
}
