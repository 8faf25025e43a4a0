package io.etlkit.expression.cel;

import io.etlkit.api.RejectedException;
import java.util.Map;
import java.util.OptionalInt;

/** Why an expression could not be evaluated: CEL's error code and the place, and no value of the record. */
final class EvaluationError {
    static final String ATTRIBUTE_NOT_FOUND = "ATTRIBUTE_NOT_FOUND";
    static final String OVERLOAD_NOT_FOUND = "OVERLOAD_NOT_FOUND";

    private static final String EXPRESSION_FAILED = "expression_failed";
    private static final String CONDITION_NOT_BOOLEAN = "condition_not_boolean";

    private static final Map<String, String> REASONS = Map.of(
            ATTRIBUTE_NOT_FOUND,
            "a field or key that it reads is not there; has(...) tells whether one is",
            "INDEX_OUT_OF_BOUNDS",
            "a list is shorter than it expects",
            "DIVIDE_BY_ZERO",
            "it divides by zero",
            "DUPLICATE_ATTRIBUTE",
            "a map would hold the same key twice",
            "INVALID_ARGUMENT",
            "an operator or function got a value that it can not work with",
            OVERLOAD_NOT_FOUND,
            "an operator or function does not take a value of this kind",
            "NUMERIC_OVERFLOW",
            "a number is out of range",
            "BAD_FORMAT",
            "a text is not written as the conversion needs it",
            "ITERATION_BUDGET_EXCEEDED",
            "its loops take too many turns");

    private EvaluationError() {}

    /**
     * An evaluation that failed.
     *
     * @param code CEL's code
     * @param offset the place in the expression, in code points from 0, where it is known
     */
    static RejectedException of(String code, OptionalInt offset, String text) {
        StringBuilder message = new StringBuilder("CEL error ").append(code);
        if (offset.isPresent()) {
            TextPosition position = TextPosition.of(text, offset.getAsInt());
            message.append(" at line ")
                    .append(position.line())
                    .append(", column ")
                    .append(position.column());
        }
        message.append(" of the expression: ").append(REASONS.getOrDefault(code, "it can not be evaluated"));
        return new RejectedException(EXPRESSION_FAILED, message.toString());
    }

    static RejectedException unsupportedResult() {
        return new RejectedException(
                EXPRESSION_FAILED,
                "the expression's result is nothing that a record can hold: NaN, an infinite number, a type, or a map"
                        + " with a key that is no string");
    }

    static RejectedException notBoolean(String found) {
        return new RejectedException(
                CONDITION_NOT_BOOLEAN, "the condition's result must be true or false, and is " + found);
    }
}
