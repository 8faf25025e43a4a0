package io.etlkit.engine.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration has problems; the message lists all of them, one a line. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    /** Reports the problems. */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The problems, at least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
