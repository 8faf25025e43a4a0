package io.etlkit.sink.postgres;

import io.etlkit.api.value.Value;

/** Turns a value that is not null into what pgjdbc sends for one column. Used by one thread; keeps no record's value. */
interface ValueConverter {
    /**
     * The element of the column's array.
     *
     * @throws Refused when the column can not hold the value
     */
    Object convert(Value value) throws Refused;

    /** A value that a column can not hold. Without a stack trace: a batch may be full of them. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** As {@link Refused}, for kinds. */
    static Refused wrongType(Value value, String needed) {
        return new Refused(
                "wrong_type", "needs " + needed + ", has " + value.kind().label());
    }
}
