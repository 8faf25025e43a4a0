package io.etlkit.engine.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems, so that all are reported in one go. Used by one thread. */
public final class ConfigProblems {
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();

    /** Reports a problem; the same one is kept once. */
    public void add(Origin origin, String message) {
        add(ConfigProblem.at(origin, message));
    }

    /** Reports a problem; the same one is kept once. */
    public void add(ConfigProblem problem) {
        problems.add(problem);
    }

    /** Whether there are none so far. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** How many there are so far. */
    public int size() {
        return problems.size();
    }

    /** The problems, in the order of the file's lines. */
    public List<ConfigProblem> list() {
        List<ConfigProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return List.copyOf(sorted);
    }
}
