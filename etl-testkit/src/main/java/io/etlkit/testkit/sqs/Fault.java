package io.etlkit.testkit.sqs;

import java.time.Duration;

/** What goes wrong with one call. */
public sealed interface Fault {
    /** Nothing does. */
    record None() implements Fault {
        static final None INSTANCE = new None();
    }

    /**
     * The call is refused, and nothing is done.
     *
     * @param status the HTTP status, such as 503
     * @param code the error's code, such as {@code ThrottlingException}
     */
    record Refusal(int status, String code) implements Fault {}

    /**
     * The call is carried out, and the answer comes late.
     *
     * @param delay how late
     */
    record LateAnswer(Duration delay) implements Fault {}
}
