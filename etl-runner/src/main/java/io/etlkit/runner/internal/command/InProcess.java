package io.etlkit.runner.internal.command;

import io.etlkit.runner.CommandProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs verbs that other jars bring within the process, as a user would on the command line. Used by one thread. */
final class InProcess {
    private InProcess() {}

    /** Runs a verb with some standard input. */
    static Result run(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            // Made anew, for a verb may take hold of standard input when it is made.
            int exitCode = commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
            return new Result(exitCode, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }

    private static CommandLine commandLine() {
        CommandLine top = new CommandLine(CommandSpec.create().name("etl"));
        ServiceLoader.load(CommandProvider.class, InProcess.class.getClassLoader())
                .forEach(provider -> provider.commands().forEach(top::addSubcommand));
        return top;
    }

    /**
     * What a verb did.
     *
     * @param exitCode its exit code
     * @param out what it printed
     * @param err what it complained of
     */
    record Result(int exitCode, String out, String err) {}
}
