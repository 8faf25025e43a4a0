package io.etlkit.runner;

import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.Environment;
import io.etlkit.runner.internal.EtlProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One call of the command within the test's process.
 *
 * @param exitCode the exit code
 * @param out standard output
 * @param err standard error
 */
record Etl(int exitCode, String out, String err) {
    static Etl run(String... arguments) {
        return run(Map.of(), arguments);
    }

    static Etl run(Map<String, String> environment, String... arguments) {
        return run(new Environment(environment, Optional.empty()), arguments);
    }

    static Etl runFrom(Optional<Path> home, String... arguments) {
        return run(new Environment(Map.of(), home), arguments);
    }

    private static Etl run(Environment environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false);
        int exitCode = new EtlProgram(environment, console).run(arguments);
        return new Etl(exitCode, out.toString(), err.toString());
    }
}
