package io.etlkit.runner.internal.file;

import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.PersonalDataCheck;
import io.etlkit.engine.PersonalDataCheck.Finding;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import java.util.List;
import java.util.Optional;

/** Reports what the check of personal fields found, each at its place in the file. Used by one thread. */
final class PersonalDataProblems {
    private final ConfigNode.Mapping file;
    private final ConfigProblems problems;

    PersonalDataProblems(ConfigNode.Mapping file, ConfigProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Leaks are errors; what only the run-time guard can see is a warning. */
    void report(PersonalDataCheck check, List<FieldPath> pii) {
        for (Finding leak : check.leaks()) {
            problems.add(
                    leak.field().map(field -> ofField(pii.indexOf(field))).orElseGet(this::ofOriginal), leak.message());
        }
        for (String step : check.opaqueSteps()) {
            problems.warn(
                    at("pii"),
                    "what " + step
                            + " does to fields is not declared, so from there on only the run-time guard looks for"
                            + " personal values");
        }
    }

    private Origin ofField(int position) {
        return file.get("pii").orElseThrow() instanceof ConfigNode.Sequence paths
                ? paths.elements().get(position).origin()
                : at("pii");
    }

    private Origin ofOriginal() {
        Optional<ConfigNode> original = file.get("deadLetter")
                .filter(ConfigNode.Mapping.class::isInstance)
                .flatMap(block -> ((ConfigNode.Mapping) block).get("original"));
        return original.map(ConfigNode::origin).orElseGet(() -> at("deadLetter"));
    }

    private Origin at(String key) {
        return file.get(key).orElse(file).origin();
    }
}
