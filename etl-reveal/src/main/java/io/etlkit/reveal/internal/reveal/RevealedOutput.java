package io.etlkit.reveal.internal.reveal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
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

    /**
     * Prints rows, each with the value that its token held; an empty text where there is none.
     *
     * @param read the rows
     * @param value gives the value of a row by its number, from 0 on; asked for when those before are written
     */
    void print(List<List<Optional<String>>> read, IntFunction<String> value) throws IOException {
        if (rows.header().isEmpty()) {
            for (int i = 0; i < read.size(); i++) {
                out.print(oneLine(value.apply(i)) + "\n");
            }
        } else {
            CSVPrinter csv = new CSVPrinter(out, CSV);
            List<String> header = new ArrayList<>(rows.header());
            newColumn.ifPresent(header::add);
            csv.printRecord(header);
            for (int i = 0; i < read.size(); i++) {
                csv.printRecord(cells(read.get(i), value.apply(i)));
            }
        }
        out.flush();
        if (out.checkError()) {
            throw new IOException("the output can not be written");
        }
    }

    private List<String> cells(List<Optional<String>> row, String value) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell.orElse("")));
        if (newColumn.isPresent()) {
            cells.add(value);
        } else {
            cells.set(rows.tokenColumn(), value);
        }
        return cells;
    }

    /** A value with a line end in it must not pass for two. */
    static String oneLine(String value) {
        return value.replace("\n", "\\n").replace("\r", "\\r");
    }
}
