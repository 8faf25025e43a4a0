package io.etlkit.reveal;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs a verb in this process, as the {@code etl} command would. */
record Invocation(int exitCode, String out, String err) {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static Invocation of(String... arguments) {
        return withInput("", arguments);
    }

    static Invocation withInput(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine etl = new CommandLine(new Etl());
        etl.addSubcommand(new KeysCommand());
        etl.addSubcommand(new RevealCommand(
                () -> new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Operator("ada")));
        int exitCode =
                etl.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        return new Invocation(exitCode, out.toString(), err.toString());
    }

    @Command(name = "etl")
    private static final class Etl {}
}
