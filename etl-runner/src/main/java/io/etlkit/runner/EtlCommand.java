package io.etlkit.runner;

import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.Environment;
import io.etlkit.runner.internal.EtlProgram;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The {@code etl} command's main class. Its exit codes: 0 ok, 1 failed, 2 usage or configuration, 3 a check did not hold. */
public final class EtlCommand {
    private EtlCommand() {}

    /** Runs the verb that the arguments name, and ends the process. */
    public static void main(String[] arguments) {
        Environment environment = Environment.ofProcess();
        Console console = new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), isWatched(environment));
        int exitCode = new EtlProgram(environment, console).run(arguments);
        console.out().flush();
        console.err().flush();
        System.exit(exitCode);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** Scripts and build servers have no terminal, or say that it can do nothing. */
    private static boolean isWatched(Environment environment) {
        String terminal = environment.variable("TERM").orElse("dumb");
        return isTerminal()
                && !terminal.equals("dumb")
                && environment.variable("CI").isEmpty();
    }

    /** Up to Java 21 there is a console only on a terminal; later there always is one, which has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.@Nullable Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException upToJava21) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
