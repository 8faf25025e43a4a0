package io.etlkit.reveal.internal.process;

import java.io.Console;
import java.util.Optional;

/** Somebody who can be asked. What is asked goes to the terminal itself, past standard output and standard error. */
public interface Terminal {
    /** Reads a passphrase without showing it; empty when nobody is there. */
    Optional<char[]> passphrase(String prompt);

    /** Reads a line; empty when nobody is there. */
    Optional<String> line(String prompt);

    /** The process's terminal. A process whose input or output is redirected has none. */
    static Terminal ofProcess() {
        return new Terminal() {
            @Override
            public Optional<char[]> passphrase(String prompt) {
                return console().map(console -> console.readPassword("%s", prompt));
            }

            @Override
            public Optional<String> line(String prompt) {
                return console().map(console -> console.readLine("%s", prompt));
            }

            /** From JDK 22 on there is a console also where input or output is redirected, which nobody types at. */
            private static Optional<Console> console() {
                return Optional.ofNullable(System.console()).filter(console -> isTerminal(console));
            }

            private static boolean isTerminal(Console console) {
                try {
                    return (boolean) Console.class.getMethod("isTerminal").invoke(console);
                } catch (ReflectiveOperationException beforeJdk22) {
                    return true;
                }
            }
        };
    }
}
