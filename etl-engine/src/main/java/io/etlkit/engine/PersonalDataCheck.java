package io.etlkit.engine;

import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.internal.pii.PersonalDataFlow;
import io.etlkit.engine.internal.settings.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells before a run whether a personal field could reach the sink or the dead letters in the clear, by following it through
 * what the steps declare of their inputs and outputs. Immutable. What it can not see is the run-time guard's: it rejects each
 * record that would carry a personal value into the sink.
 */
public final class PersonalDataCheck {
    private final List<Finding> leaks = new ArrayList<>();
    private final Set<String> opaqueSteps = new LinkedHashSet<>();

    private PersonalDataCheck() {}

    /**
     * Checks a chain.
     *
     * @param pii the paths of the decoded body that are personal
     * @param steps the chain
     * @param deadLetters what dead letters keep; empty where there are none
     */
    public static PersonalDataCheck of(
            List<FieldPath> pii, List<Step<?>> steps, Optional<DeadLetterPolicy> deadLetters) {
        PersonalDataCheck check = new PersonalDataCheck();
        List<StepSpec> chain = new ArrayList<>();
        steps.forEach(step -> chain.add(StepSpec.of(chain.size(), step)));
        pii.forEach(personal -> check.follow(personal, chain));
        if (!pii.isEmpty()
                && deadLetters
                        .filter(policy -> policy.original() == DeadLetterPolicy.Original.CLEAR)
                        .isPresent()) {
            check.leaks.add(new Finding(
                    Optional.empty(),
                    "is clear, and a rejected message would be kept with its personal fields (pii:) in the clear; take"
                            + " seal or omit"));
        }
        return check;
    }

    /** The ways in which personal data could leave in the clear; none is good. */
    public List<Finding> leaks() {
        return List.copyOf(leaks);
    }

    /** The steps that saw personal data and declare nothing of what they do to fields: behind them only the guard looks. */
    public Set<String> opaqueSteps() {
        return Set.copyOf(opaqueSteps);
    }

    private void follow(FieldPath personal, List<StepSpec> chain) {
        PersonalDataFlow flow = PersonalDataFlow.of(personal);
        for (StepSpec step : chain) {
            boolean seen = !flow.places().isEmpty();
            flow = flow.through(step.label(), step.effects(), step.when().isPresent());
            if (seen && !step.effects().known()) {
                opaqueSteps.add(step.label());
            }
        }
        flow.places()
                .forEach((place, step) -> leaks.add(new Finding(Optional.of(personal), leak(personal, place, step))));
    }

    private static String leak(FieldPath personal, FieldPath place, Optional<String> step) {
        String as = place.equals(personal) ? "" : " as \"" + place + "\"";
        String by = step.map(name -> ", by " + name).orElse("");
        return "\"" + personal + "\" could reach the sink in the clear" + as + by
                + ": mask or drop it in a step that no condition (when:) passes by";
    }

    /**
     * One way in which personal data could leave in the clear.
     *
     * @param field the personal field; empty where it is about the dead letters
     * @param message what could happen and what to do
     */
    public record Finding(Optional<FieldPath> field, String message) {}
}
