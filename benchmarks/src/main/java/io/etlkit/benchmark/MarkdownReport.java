package io.etlkit.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows medians of all rounds, and each contestant's rate beside the first one's, as tables in Markdown. */
final class MarkdownReport {
    private MarkdownReport() {}

    /** The tables of measurements by contestant, the one that others are compared with first. */
    static String of(Map<String, List<Measurement>> rounds) {
        double reference = median(rounds.values().iterator().next(), Measurement::messagesASecond);
        String rows = rounds.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), reference))
                .collect(Collectors.joining("\n"));
        return """
                | from a cold JVM | messages/s | ratio | CPU us/message | peak MiB | SQS requests/100 | Postgres us/message | stub us/message |
                |---|---|---|---|---|---|---|---|
                %s

                Messages/s of each round:

                %s
                """.formatted(rows, eachRound(rounds));
    }

    private static String row(String name, List<Measurement> all, double reference) {
        double rate = median(all, Measurement::messagesASecond);
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.1f | %.0f | %s | %s | %s |",
                name,
                rate,
                rate / reference,
                median(all, Measurement::cpuMicrosAMessage),
                median(all, Measurement::peakMemoryMib),
                orDash(median(all, Measurement::requestsAHundredMessages)),
                orDash(median(all, Measurement::postgresCpuMicrosAMessage)),
                orDash(median(all, Measurement::stubCpuMicrosAMessage)));
    }

    private static String eachRound(Map<String, List<Measurement>> rounds) {
        return rounds.entrySet().stream()
                .map(entry -> "- " + entry.getKey() + ": "
                        + entry.getValue().stream()
                                .map(each -> String.format(Locale.ROOT, "%.0f", each.messagesASecond()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }

    private static String orDash(double number) {
        return number == 0 ? "-" : String.format(Locale.ROOT, "%.1f", number);
    }

    static double median(List<Measurement> all, ToDoubleFunction<Measurement> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
