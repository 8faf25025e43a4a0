package io.etlkit.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param messages how many messages each run has
 * @param rounds how often each contestant runs
 * @param only the contestants, in their order
 * @param javaOptions options for the pipeline's JVM
 * @param root the source tree
 */
record BenchmarkOptions(int messages, int rounds, List<String> only, List<String> javaOptions, Path root) {
    static BenchmarkOptions parse(String[] arguments) {
        BenchmarkOptions options = new BenchmarkOptions(
                300_000, 3, List.of("sdk", "sdk-sync", "sink", "pipeline"), List.of(), Path.of("."));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options = options.with(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return options;
    }

    private BenchmarkOptions with(String name, String value) {
        return switch (name) {
            case "--messages" -> new BenchmarkOptions(Integer.parseInt(value), rounds, only, javaOptions, root);
            case "--rounds" -> new BenchmarkOptions(messages, Integer.parseInt(value), only, javaOptions, root);
            case "--only" -> new BenchmarkOptions(messages, rounds, words(value, ","), javaOptions, root);
            case "--java-options" -> new BenchmarkOptions(messages, rounds, only, words(value, " "), root);
            case "--root" -> new BenchmarkOptions(messages, rounds, only, javaOptions, Path.of(value));
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
