package io.etlkit.stub.sqs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Lets each call fail with some probability. Which ones is a pure function of the seed, the action and the number of the
 * call, so a run with the same calls has the same faults. Immutable.
 *
 * @param seed of the chance
 * @param rules at most one of them holds for a call: one is drawn, each with its own probability
 */
record ChanceFaults(long seed, List<Rule> rules) implements Faults {
    /** How fine a probability is. */
    private static final int GRAIN = 1_000_000;

    /** One thing that goes wrong with some calls of some actions. */
    record Rule(List<SqsAction> actions, Fault fault, double probability) {}

    ChanceFaults {
        rules = List.copyOf(rules);
    }

    ChanceFaults and(Rule rule) {
        return new ChanceFaults(
                seed, Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    @Override
    public Fault of(SqsAction action, long call) {
        double draw = (double) Randoms.below(GRAIN, seed + action.name().hashCode(), call) / GRAIN;
        for (Rule rule : rules) {
            if (rule.actions().contains(action)) {
                if (draw < rule.probability()) {
                    return rule.fault();
                }
                draw -= rule.probability();
            }
        }
        return Fault.None.INSTANCE;
    }
}
