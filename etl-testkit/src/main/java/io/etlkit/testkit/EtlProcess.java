package io.etlkit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code etl} command in a JVM of its own, with the environment that a deployment would give it. The command and its
 * plugins are those on this JVM's class path. Safe for any thread; only {@link #exitCode} waits. What can not be started
 * or read is an {@link UncheckedIOException}.
 */
public final class EtlProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private EtlProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts {@code etl}.
     *
     * @param folder takes what it prints
     * @param environment what is set in addition to this JVM's own environment
     * @param input what it can read from standard input
     * @param arguments the verb, its options, its files
     */
    public static EtlProcess start(Path folder, Map<String, String> environment, String input, List<String> arguments) {
        // Short runs: the client compiler and the serial collector start soonest and leave the cores to the others.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.etlkit.runner.EtlCommand"));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new EtlProcess(builder.start(), out, err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL, and waits until nothing is left of it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the end, and gives the exit code; 128 and the signal's number when a signal ended it.
     *
     * @throws AssertionError when it does not end within two minutes
     */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("etl did not end within " + PATIENCE_SECONDS + " s; it said:\n" + err());
        }
        return process.exitValue();
    }

    /** What it has printed so far. */
    public String out() {
        return read(out);
    }

    /** What it has logged so far. */
    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Kills it when a test ends before it does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
