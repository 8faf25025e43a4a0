package io.etlkit.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end and reports what it used.
 *
 * @param started when it was started, the JVM's own start included
 * @param ended when it ended
 * @param cpuMicros user and system time of it and of what it started and waited for
 * @param peakMemoryKib its largest resident memory
 * @param lastLine the last line of its standard output
 */
record ChildProcess(Instant started, Instant ended, long cpuMicros, long peakMemoryKib, String lastLine) {
    private static final long SAMPLE_MILLIS = 100;

    /** Runs it; standard error is passed on. No other child process may end at the same time. */
    static ChildProcess run(List<String> command, Map<String, String> environment, Path directory) {
        long cpuBefore = ProcessFiles.endedChildrenCpuMicros();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Instant started = Instant.now();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            LastLine output = LastLine.of(process.getInputStream());
            long peak = 0;
            while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, ProcessFiles.peakMemoryKib(process.pid()).orElse(0L));
            }
            Instant ended = Instant.now();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command.get(0) + " ended with exit code " + process.exitValue());
            }
            long cpu = ProcessFiles.endedChildrenCpuMicros() - cpuBefore;
            return new ChildProcess(started, ended, cpu, peak, output.await());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** The command line of a class of this class path, in a JVM as cold as any. */
    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        return java(options, main.getName(), arguments);
    }

    static List<String> java(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Reads a program's output on a thread of its own, so that the program never waits for a reader. */
    private record LastLine(Thread reader, StringBuilder line) {
        static LastLine of(InputStream output) {
            StringBuilder line = new StringBuilder();
            Thread reader = new Thread(
                    () -> new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))
                            .lines()
                            .forEach(each -> line.replace(0, line.length(), each)),
                    "etl-benchmark-output");
            reader.setDaemon(true);
            reader.start();
            return new LastLine(reader, line);
        }

        String await() throws InterruptedException {
            reader.join();
            return line.toString();
        }
    }
}
