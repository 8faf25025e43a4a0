package io.etlkit.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The chaos run as a command: {@code make chaos}. Its exit code is 0 when the books balance, else 1. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Runs processes on one queue and one table while things fail, and then checks the books.")
final class ChaosCommand implements Callable<Integer> {
    @Option(names = "--seed", description = "Decides what happens when; default: a random one, which is printed.")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--minutes", defaultValue = "5", description = "How long there are faults; default: 5.")
    private double minutes;

    @Option(names = "--rate", defaultValue = "100", description = "Messages sent a second; default: 100.")
    private int rate;

    @Option(names = "--processes", defaultValue = "3", description = "How many processes consume them; default: 3.")
    private int processes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration length = Duration.ofMillis((long) (minutes * 60_000));
        ChaosOptions options = new ChaosOptions(seed, length, Math.toIntExact(length.toSeconds() * rate), processes);
        Path folder = Files.createTempDirectory("etl-chaos");
        System.out.println("seed " + seed + "; what the processes say is kept in " + folder + " if this fails");
        Consumer<String> log = System.out::println;
        try (ChaosRun run = new ChaosRun(options, folder, log)) {
            log.accept(run.run().toString());
        }
        remove(folder);
        return 0;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }
}
