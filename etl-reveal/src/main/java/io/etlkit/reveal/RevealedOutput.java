package io.etlkit.reveal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Prints what was revealed: lines where lines were read, CSV with a header where rows were. Used by one thread. */
final class RevealedOutput {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final PrintWriter out;
    private final TokenRows rows;
    private final Optional<String> newColumn;

    /** {@code newColumn} is the name of a column to add; without it, values take the tokens' place. */
    RevealedOutput(PrintWriter out, TokenRows rows, Optional<String> newColumn) {
        this.out = out;
        this.rows = rows;
        this.newColumn = newColumn;
    }

    /** Prints rows, each with the value that its token held; an empty text where there is none. */
    void print(List<RevealedRow> revealed) throws IOException {
        if (rows.header().isEmpty()) {
            revealed.forEach(row -> out.print(oneLine(row.value()) + "\n"));
        } else {
            CSVPrinter csv = new CSVPrinter(out, CSV);
            List<String> header = new ArrayList<>(rows.header());
            newColumn.ifPresent(header::add);
            csv.printRecord(header);
            for (RevealedRow row : revealed) {
                csv.printRecord(cells(row));
            }
        }
        out.flush();
        if (out.checkError()) {
            throw new IOException("the output can not be written");
        }
    }

    private List<String> cells(RevealedRow row) {
        List<String> cells = new ArrayList<>();
        row.cells().forEach(cell -> cells.add(cell.orElse("")));
        if (newColumn.isPresent()) {
            cells.add(row.value());
        } else {
            cells.set(rows.tokenColumn(), row.value());
        }
        return cells;
    }

    /** A value with a line end in it must not pass for two. */
    static String oneLine(String value) {
        return value.replace("\n", "\\n").replace("\r", "\\r");
    }

    /** A row and the value of its token. */
    record RevealedRow(List<Optional<String>> cells, String value) {
        /** Without the value. */
        @Override
        public String toString() {
            return "RevealedRow[" + cells.size() + " cells]";
        }
    }
}
