package io.etlkit.api;

import io.etlkit.api.value.FieldPath;

/**
 * This record, or this batch, can never succeed as it is. From a transform it rejects the record; from
 * {@link Sink#write} it says that nothing was written, and the engine bisects the batch to find the records at fault.
 */
public final class RejectedException extends EtlException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** Rejects for the reason given. */
    public RejectedException(Rejection rejection) {
        super(rejection.reason()
                + rejection.field().map(field -> " at " + field).orElse("") + ": " + rejection.message());
        this.rejection = rejection;
    }

    /** Rejects with a reason code and a message that holds no value; see {@link Rejection}. */
    public RejectedException(String reason, String message) {
        this(Rejection.of(reason, message));
    }

    /** Rejects because of one field; see {@link Rejection}. */
    public RejectedException(String reason, FieldPath field, String message) {
        this(Rejection.of(reason, field, message));
    }

    /** Why. */
    public Rejection rejection() {
        return rejection;
    }
}
