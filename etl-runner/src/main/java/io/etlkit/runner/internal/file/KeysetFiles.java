package io.etlkit.runner.internal.file;

import io.etlkit.engine.Step;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reports keyset files that are not there. Whoever runs a pipeline learns it before anything was connected to; whether the file
 * can be used is for the step that opens it.
 */
final class KeysetFiles {
    private final Set<String> missing = new HashSet<>();
    private final ConfigProblems problems;

    private KeysetFiles(ConfigProblems problems) {
        this.problems = problems;
    }

    static void require(ConfigNode tree, PipelineDefinition definition, Path folder, ConfigProblems problems) {
        KeysetFiles files = new KeysetFiles(problems);
        definition.steps().forEach(step -> keyset(step).ifPresent(location -> files.look(location, folder)));
        definition
                .deadLetters()
                .flatMap(letters -> letters.policy().keyset())
                .ifPresent(location -> files.look(location, folder));
        files.report(tree);
    }

    private static <C extends Record> Optional<String> keyset(Step<C> step) {
        return step.factory().keyset(step.config());
    }

    private void look(String location, Path folder) {
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        // What else has a prefix is no file: env:NAME, aws-sm:ID, ...
        if (path.matches("[a-z][a-z0-9-]+:.*")) {
            return;
        }
        try {
            if (Files.notExists(folder.resolve(path))) {
                missing.add(location);
            }
        } catch (InvalidPathException odd) {
            missing.add(location);
        }
    }

    private void report(ConfigNode node) {
        if (node instanceof ConfigNode.Sequence sequence) {
            sequence.elements().forEach(this::report);
        } else if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((key, value) -> {
                if (key.equals("keyset")
                        && value instanceof ConfigNode.Scalar scalar
                        && missing.contains(scalar.text())) {
                    problems.add(
                            value.origin(),
                            "there is no keyset file " + scalar.text()
                                    + " (relative paths start at the pipeline file's folder); make one with: etl keys init");
                } else {
                    report(value);
                }
            });
        }
    }
}
