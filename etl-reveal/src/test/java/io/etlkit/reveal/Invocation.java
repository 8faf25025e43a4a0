package io.etlkit.reveal;

import io.etlkit.reveal.internal.keys.KeysCommand;
import io.etlkit.reveal.internal.lookup.LookupCommand;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.reveal.internal.process.ProcessUser;
import io.etlkit.reveal.internal.remask.RemaskCommand;
import io.etlkit.reveal.internal.reveal.RevealCommand;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs a verb in this process, as the {@code etl} command would. */
public record Invocation(int exitCode, String out, String err) {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** Nobody is at the terminal. */
    public static Invocation of(String... arguments) {
        return withInput("", arguments);
    }

    public static Invocation withInput(String input, String... arguments) {
        return with(input, new FakeTerminal(), Map.of(), arguments);
    }

    /** Somebody is at the terminal and types these lines. */
    public static Invocation typing(FakeTerminal terminal, String... arguments) {
        return with("", terminal, Map.of(), arguments);
    }

    public static Invocation with(
            String input, FakeTerminal terminal, Map<String, String> variables, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ProcessContext process = new ProcessContext(
                () -> new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                terminal,
                variables,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new ProcessUser("ada"));
        CommandLine etl = new CommandLine(new Etl());
        etl.addSubcommand(new KeysCommand(process));
        etl.addSubcommand(new RevealCommand(process));
        etl.addSubcommand(new LookupCommand(process));
        etl.addSubcommand(new RemaskCommand(process));
        int exitCode =
                etl.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        return new Invocation(exitCode, out.toString(), err.toString());
    }

    @Command(name = "etl")
    private static final class Etl {}
}
