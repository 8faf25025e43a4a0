package io.etlkit.runner.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was started with.
 *
 * @param variables the environment variables
 * @param home the folder of the distribution; empty when run from elsewhere
 */
public record Environment(Map<String, String> variables, Optional<Path> home) {
    /** Copies the variables. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** This process's. */
    public static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                Optional.ofNullable(System.getProperty("etl.home")).map(Path::of));
    }

    /** This one with some variables set. */
    public Environment with(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(changed);
        return new Environment(all, home);
    }

    /** A variable's value; empty when it is not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A folder of the distribution, if it is there. */
    public Optional<Path> folder(String name) {
        return home.map(each -> each.resolve(name)).filter(Files::isDirectory);
    }

    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
