package io.etlkit.runner.internal.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints rows as columns for a terminal. The first rows say how wide the columns are; later ones are printed as they come, so
 * that a table may be longer than the memory. Used by one thread.
 */
final class PlainTable {
    private static final int ROWS_THAT_SAY = 500;
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final List<List<String>> waiting = new ArrayList<>();
    private List<Integer> widths = List.of();

    PlainTable(PrintWriter out, List<String> heads) {
        this.out = out;
        waiting.add(heads);
    }

    void row(List<String> cells) {
        List<String> shown = cells.stream().map(PlainTable::shown).toList();
        if (!widths.isEmpty()) {
            print(shown);
            return;
        }
        waiting.add(shown);
        if (waiting.size() > ROWS_THAT_SAY) {
            end();
        }
    }

    /** Prints what has waited. */
    void end() {
        if (widths.isEmpty()) {
            List<Integer> widest = new ArrayList<>();
            for (int column = 0; column < waiting.get(0).size(); column++) {
                int at = column;
                widest.add(waiting.stream()
                        .mapToInt(row -> row.get(at).length())
                        .max()
                        .orElse(0));
            }
            widths = widest;
            waiting.forEach(this::print);
            waiting.clear();
        }
    }

    private void print(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(Math.max(0, widths.get(column) - cell.length())));
            line.append(GAP);
        }
        out.println(line.toString().stripTrailing());
    }

    /** On one line, and without characters that do something to a terminal. */
    static String shown(String text) {
        if (text.codePoints().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                }
            }
        });
        return shown.toString();
    }
}
