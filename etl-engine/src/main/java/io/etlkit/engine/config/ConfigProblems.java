package io.etlkit.engine.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems and warnings, so that all are reported at once. Used by one thread. */
public final class ConfigProblems {
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private final Set<ConfigProblem> warnings = new LinkedHashSet<>();

    /** Reports a problem; the same one is kept once. */
    public void add(Origin origin, String message) {
        problems.add(ConfigProblem.at(origin, message));
    }

    /** Reports what is allowed but should be changed; the same one is kept once. */
    public void warn(Origin origin, String message) {
        warnings.add(ConfigProblem.at(origin, message));
    }

    /** Whether there are no problems so far. Warnings do not count. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** How many problems there are so far. */
    public int size() {
        return problems.size();
    }

    /** The problems, in the order of the file's lines. */
    public List<ConfigProblem> list() {
        return byLine(problems);
    }

    /** The warnings, in the order of the file's lines. */
    public List<ConfigProblem> warnings() {
        return byLine(warnings);
    }

    private static List<ConfigProblem> byLine(Set<ConfigProblem> problems) {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return List.copyOf(sorted);
    }
}
