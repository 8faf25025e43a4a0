package io.etlkit.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux reports about processes in {@code /proc} (proc(5)). */
final class ProcessFiles {
    /** {@code getconf CLK_TCK}; it is 100 on every Linux that Java runs on. */
    private static final long MICROS_A_TICK = 10_000;

    private static final Path PROC = Path.of("/proc");

    private ProcessFiles() {}

    /** CPU time of the children of this process that have ended and were waited for, and of theirs. */
    static long endedChildrenCpuMicros() {
        Stat self = stat(PROC.resolve("self")).orElseThrow();
        return self.childrenTicks() * MICROS_A_TICK;
    }

    /** CPU time of a process, of its children that have ended, and of its children that live. */
    static long familyCpuMicros(long parent) {
        long ticks = stat(PROC.resolve(Long.toString(parent)))
                .map(stat -> stat.ownTicks() + stat.childrenTicks())
                .orElse(0L);
        try (Stream<Path> processes = Files.list(PROC)) {
            ticks += processes
                    .filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .flatMap(path -> stat(path).stream())
                    .filter(stat -> stat.parent() == parent)
                    .mapToLong(stat -> stat.ownTicks() + stat.childrenTicks())
                    .sum();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return ticks * MICROS_A_TICK;
    }

    /** The largest resident memory of a running process so far, in KiB; empty when it has ended. */
    static Optional<Long> peakMemoryKib(long process) {
        try {
            return Files.readAllLines(PROC.resolve(process + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private record Stat(long parent, long ownTicks, long childrenTicks) {}

    private static Optional<Stat> stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            // the second field is the command in parentheses, and may hold anything
            List<String> afterCommand =
                    List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
            return Optional.of(new Stat(
                    Long.parseLong(afterCommand.get(1)),
                    Long.parseLong(afterCommand.get(11)) + Long.parseLong(afterCommand.get(12)),
                    Long.parseLong(afterCommand.get(13)) + Long.parseLong(afterCommand.get(14))));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
