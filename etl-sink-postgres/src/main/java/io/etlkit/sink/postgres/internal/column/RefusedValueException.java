package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;

/** A value, or a whole record, that cannot be written as it is. Has no stack trace: a batch may be full of them. */
public final class RefusedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public RefusedValueException(Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    public RefusedValueException(String reason, String message) {
        this(Rejection.of(reason, message));
    }

    /** Refuses a value of the wrong kind. */
    static RefusedValueException wrongType(Value value, String needed) {
        return new RefusedValueException(
                "wrong_type", "needs " + needed + ", has " + value.kind().label());
    }

    /** The same refusal, which names the field. */
    RefusedValueException at(FieldPath path) {
        return new RefusedValueException(Rejection.of(rejection.reason(), path, rejection.message()));
    }

    public Rejection rejection() {
        return rejection;
    }
}
