package io.etlkit.runner.internal.command;

import io.etlkit.api.DeadLetter;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many letters there are of each reason. Used by one thread. */
final class LetterSummary {
    private final Map<Cause, Long> counts = new HashMap<>();
    private long count;

    private record Cause(String stage, String reason, String field) {}

    void add(DeadLetter letter) {
        count++;
        counts.merge(
                new Cause(
                        letter.stage().label(),
                        letter.rejection().reason(),
                        letter.rejection().field().map(Object::toString).orElse("")),
                1L,
                Long::sum);
    }

    long count() {
        return count;
    }

    /** Prints the most frequent reasons first. */
    void print(PrintWriter out, long shown) {
        if (count == 0) {
            out.println("no dead letters");
            return;
        }
        out.println(count + (count == 1 ? " dead letter" : " dead letters")
                + (shown < count ? ", of which " + shown + " are shown" : "") + "; by reason:");
        PlainTable table = new PlainTable(out, List.of("letters", "stage", "reason", "field"));
        counts.entrySet().stream()
                .sorted(Map.Entry.<Cause, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().toString()))
                .forEach(entry -> table.row(List.of(
                        Long.toString(entry.getValue()),
                        entry.getKey().stage(),
                        entry.getKey().reason(),
                        entry.getKey().field())));
        table.end();
    }
}
