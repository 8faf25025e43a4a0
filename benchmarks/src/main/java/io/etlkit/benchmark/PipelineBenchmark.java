package io.etlkit.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the whole pipeline against what limits it, all from cold starts, in turns, and prints tables in Markdown:
 *
 * <pre>{@code
 * java -cp ... io.etlkit.benchmark.PipelineBenchmark [--messages=300000] [--rounds=3] [--only=sdk,sink,pipeline]
 *     [--java-options="-Xmx512m"] [--root=.]
 * }</pre>
 *
 * <p>{@code --only} chooses from: sdk (the bare loop on the asynchronous CRT client), sdk-sync (on the synchronous one),
 * sink, pipeline. {@code --java-options} goes to the pipeline's JVM only.
 */
final class PipelineBenchmark {
    private static final int LANES = 2;

    private PipelineBenchmark() {}

    public static void main(String[] arguments) {
        BenchmarkOptions options = BenchmarkOptions.parse(arguments);
        List<Contestant> contestants =
                options.only().stream().map(name -> contestant(name, options)).toList();
        Map<String, List<Measurement>> results = new LinkedHashMap<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Contestant contestant : contestants) {
                Measurement measured = contestant.measure();
                System.err.printf(
                        Locale.ROOT,
                        "round %d, %s: %.0f messages/s, %.1f us/message%n",
                        round,
                        contestant.name(),
                        measured.messagesASecond(),
                        measured.cpuMicrosAMessage());
                results.computeIfAbsent(contestant.name(), absent -> new ArrayList<>())
                        .add(measured);
            }
        }
        System.out.printf(Locale.ROOT, "%d messages, medians of %d rounds%n%n", options.messages(), options.rounds());
        System.out.print(MarkdownReport.of(results));
    }

    private static Contestant contestant(String name, BenchmarkOptions options) {
        int messages = options.messages();
        return switch (name) {
            case "sdk" -> new BareSdkContestant("async-crt", messages, List.of());
            case "sdk-sync" -> new BareSdkContestant("sync-crt", messages, List.of());
            case "sink" -> new BareSinkContestant(messages, LANES, List.of());
            case "pipeline" ->
                new PipelineContestant(options.root().toAbsolutePath().normalize(), messages, options.javaOptions());
            default -> throw new IllegalArgumentException("--only does not know " + name);
        };
    }
}
