package io.etlkit.sink.postgres.internal.failure;

import java.util.Optional;

/** What a failed statement means, by its SQLSTATE (PostgreSQL documentation, appendix A). Pure. */
final class FailurePolicy {
    private FailurePolicy() {}

    /**
     * Judges a failure.
     *
     * @param state its SQLSTATE; empty when the driver gave none
     * @param namesConstraint whether the server named a constraint: it does for a violated check, and does not for a row
     *     without a partition, which has the same SQLSTATE
     */
    static Verdict judge(Optional<String> state, boolean namesConstraint, Phase phase) {
        if (state.isEmpty() || state.get().length() != 5) {
            return Verdict.RECONNECT;
        }
        Verdict verdict = running(state.get(), namesConstraint);
        return phase == Phase.RUNNING ? verdict : atStart(state.get(), verdict);
    }

    private static Verdict running(String state, boolean namesConstraint) {
        return switch (state) {
            case "55P03", "57014" -> Verdict.RETRY;
            case "23503" -> Verdict.AWAIT_REFERENCE;
            case "23514" -> namesConstraint ? Verdict.REJECT : Verdict.MISSING_PARTITION;
            case "26000", "0A000" -> Verdict.PREPARE_AGAIN;
            default -> ofClass(state.substring(0, 2));
        };
    }

    private static Verdict ofClass(String stateClass) {
        return switch (stateClass) {
            case "40" -> Verdict.RETRY;
            // 21: a trigger made different rows equal, so one statement cannot write both; 54: a row or an index entry
            // is
            // beyond the limits; P0: raised by a trigger; 44: a view's check option
            case "21", "22", "23", "44", "54", "P0" -> Verdict.REJECT;
            default -> Verdict.RECONNECT;
        };
    }

    private static Verdict atStart(String state, Verdict running) {
        return switch (running) {
            case RETRY -> Verdict.RETRY;
            case RECONNECT -> mayComeBack(state) ? Verdict.RECONNECT : Verdict.FATAL;
            default -> Verdict.FATAL;
        };
    }

    /** A server that is away, starting, full or in recovery may come back; a wrong or missing password stays wrong. */
    private static boolean mayComeBack(String state) {
        return switch (state.substring(0, 2)) {
            case "08", "57", "53", "58", "25", "XX" -> !state.equals(PostgresFailure.LOGIN_NOT_POSSIBLE);
            default -> false;
        };
    }
}
