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

/** Runs other verbs of this command within the process, as a user would on the command line. Used by one thread. */
final class InProcess {
    private final CommandLine top;

    private InProcess(CommandLine top) {
        this.top = top;
    }

    /** The verbs that other jars bring. */
    static InProcess ofProviders() {
        CommandLine top = new CommandLine(CommandSpec.create().name("etl"));
        ServiceLoader.load(CommandProvider.class, InProcess.class.getClassLoader())
                .forEach(provider -> provider.commands().forEach(top::addSubcommand));
        return new InProcess(top);
    }

    /** Runs a verb with some standard input. */
    Result run(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int exitCode = top.setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
            return new Result(exitCode, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
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
