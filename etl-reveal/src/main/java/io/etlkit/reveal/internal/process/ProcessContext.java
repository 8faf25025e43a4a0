package io.etlkit.reveal.internal.process;

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
public record ProcessContext(
        Supplier<InputStream> input,
        Terminal terminal,
        Map<String, String> variables,
        Clock clock,
        ProcessUser operator) {
    public static ProcessContext ofProcess() {
        return new ProcessContext(
                () -> System.in, Terminal.ofProcess(), System.getenv(), Clock.systemUTC(), ProcessUser.ofProcess());
    }
}
