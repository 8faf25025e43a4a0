package io.etlkit.runner.internal.command;

import io.etlkit.api.dev.DevServices;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shows what the demo left in the database. */
final class DemoResults {
    private static final int WIDEST = 24;
    private static final int REASON_WIDTH = 60;

    private final DevServices services;
    private final PrintWriter out;

    DemoResults(DevServices services, PrintWriter out) {
        this.services = services;
        this.out = out;
    }

    long rows() {
        return count("SELECT count(*) FROM user_logins");
    }

    long letters() {
        List<List<String>> exists =
                services.query("SELECT count(*) FROM pg_tables WHERE tablename = 'etl_dead_letters'");
        return exists.get(1).get(0).equals("0") ? 0 : count("SELECT count(*) FROM etl_dead_letters");
    }

    void table() {
        heading("The table user_logins has " + rows() + " rows; the first:");
        print(services.query("SELECT * FROM user_logins ORDER BY user_id, masked_ip LIMIT 5"), WIDEST);
    }

    void duplicates() {
        List<List<String>> groups = services.query(
                "SELECT left(masked_ip, 33) AS masked_ip, count(*) AS logins FROM user_logins WHERE masked_ip IS NOT NULL"
                        + " GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5");
        heading("Addresses seen more than once, told by the equal beginning of their masked values:");
        print(groups, WIDEST + REASON_WIDTH);
    }

    void deadLetters() {
        heading(letters() + " dead letters, by reason:");
        if (letters() > 0) {
            print(
                    services.query("SELECT stage, reason, field, count(*) AS messages FROM etl_dead_letters"
                            + " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"),
                    REASON_WIDTH);
        }
    }

    /** Whether one masked value could be turned back. */
    boolean revealed(DemoKeyset keyset) {
        List<List<String>> found = services.query(
                "SELECT masked_ip FROM user_logins WHERE masked_ip IS NOT NULL ORDER BY user_id LIMIT 1");
        heading("One value revealed, with the keyset, and noted in its audit log:");
        if (found.size() < 2) {
            out.println("  there is none");
            return false;
        }
        String token = found.get(1).get(0);
        InProcess.Result result = InProcess.run(
                token + "\n", "reveal", "--keyset", keyset.file().toString(), "--domain", "ip", "--reason", "etl demo");
        out.println("  " + shortened(token, REASON_WIDTH) + "  in the domain ip is  "
                + (result.exitCode() == 0
                        ? result.out().strip()
                        : "not revealed: " + result.err().strip()));
        return result.exitCode() == 0 && !result.out().isBlank();
    }

    private long count(String sql) {
        return Long.parseLong(services.query(sql).get(1).get(0));
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private void print(List<List<String>> table, int widest) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < table.get(0).size(); column++) {
            int each = column;
            widths.add(table.stream()
                    .mapToInt(row -> shortened(row.get(each), widest).length())
                    .max()
                    .orElse(0));
        }
        table.forEach(row -> out.println(line(row, widths, widest)));
    }

    private static String line(List<String> row, List<Integer> widths, int widest) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String cell = shortened(row.get(column), widest);
            cells.add(cell + " ".repeat(widths.get(column) - cell.length()));
        }
        return cells.stream().collect(Collectors.joining("  ", "  ", "")).stripTrailing();
    }

    private static String shortened(String text, int widest) {
        return text.length() <= widest ? text : text.substring(0, widest - 3) + "...";
    }
}
