package io.etlkit.sink.postgres.internal.failure;

import java.util.Optional;

/**
 * What a failed statement means, by its SQLSTATE (PostgreSQL's documentation, appendix A). Pure.
 */
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
        switch (state) {
            case "55P03", "57014" -> {
                return Verdict.RETRY;
            }
            case "23503" -> {
                return Verdict.AWAIT_REFERENCE;
            }
            case "23514" -> {
                return namesConstraint ? Verdict.REJECT : Verdict.MISSING_PARTITION;
            }
            case "26000", "0A000" -> {
                return Verdict.PREPARE_AGAIN;
            }
            default -> {
                return ofClass(state.substring(0, 2));
            }
        }
    }

    private static Verdict ofClass(String stateClass) {
        return switch (stateClass) {
            case "40" -> Verdict.RETRY;
            // 21: a trigger made rows equal that were not, so that they can not be in one statement; 54: a row or an
            // index entry beyond the limits; P0: raised by a trigger; 44: a view's check option
            case "21", "22", "23", "44", "54", "P0" -> Verdict.REJECT;
            default -> Verdict.RECONNECT;
        };
    }

    private static Verdict atStart(String state, Verdict running) {
        return switch (running) {
            case RETRY -> Verdict.RETRY;
            case RECONNECT -> waitsAtStart(state) ? Verdict.RECONNECT : Verdict.FATAL;
            default -> Verdict.FATAL;
        };
    }

    /** A server that is away, starting, full or in recovery may come back; a wrong or missing password stays so. */
    private static boolean waitsAtStart(String state) {
        return !state.equals(PostgresFailure.NO_WAY_TO_LOG_IN) && mayPass(state.substring(0, 2));
    }

    private static boolean mayPass(String stateClass) {
        return switch (stateClass) {
            case "08", "57", "53", "58", "25", "XX" -> true;
            default -> false;
        };
    }
}
