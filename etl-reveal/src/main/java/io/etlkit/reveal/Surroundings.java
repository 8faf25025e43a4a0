package io.etlkit.reveal;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the verbs take from the process.
 *
 * @param input standard input, asked for when it is read
 * @param terminal who can be asked
 * @param variables the environment's
 * @param clock the time, for the audit log
 * @param operator who runs the command
 */
record Surroundings(
        Supplier<InputStream> input, Terminal terminal, Map<String, String> variables, Clock clock, Operator operator) {
    static Surroundings ofProcess() {
        return new Surroundings(
                () -> System.in, Terminal.ofProcess(), System.getenv(), Clock.systemUTC(), Operator.ofProcess());
    }
}
