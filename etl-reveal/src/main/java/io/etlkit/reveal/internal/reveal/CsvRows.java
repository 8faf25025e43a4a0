package io.etlkit.reveal.internal.reveal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV file in UTF-8 (RFC 4180) whose first line names its columns. An empty cell holds nothing. */
final class CsvRows implements TokenRows {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private final int tokenColumn;

    /** Takes the input, and closes it in the end. */
    CsvRows(InputStream input, Optional<String> column) throws IOException {
        parser = CSVFormat.RFC4180
                .builder()
                .setSkipHeaderRecord(false)
                .get()
                .parse(new InputStreamReader(input, StandardCharsets.UTF_8));
        records = parser.iterator();
        header = record().map(CsvRows::withoutMark).orElseGet(List::of);
        tokenColumn = Columns.find(header, column);
    }

    /** Spreadsheets mark UTF-8 with a character before the first name. */
    private static List<String> withoutMark(CSVRecord header) {
        return header.stream()
                .map(name -> name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name)
                .toList();
    }

    @Override
    public String source() {
        return "csv";
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public int tokenColumn() {
        return tokenColumn;
    }

    @Override
    public Optional<List<Optional<String>>> next() throws IOException {
        Optional<CSVRecord> next = record();
        if (next.isPresent() && next.get().size() != header.size()) {
            throw new IOException("row " + (next.get().getRecordNumber() - 1) + " has "
                    + next.get().size() + " cells, and the header has " + header.size());
        }
        return next.map(cells -> cells.stream()
                .map(cell -> Optional.of(cell).filter(text -> !text.isEmpty()))
                .toList());
    }

    /** The parser's exceptions quote what they choke on. */
    private Optional<CSVRecord> record() throws IOException {
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (UncheckedIOException | IllegalStateException malformed) {
            throw new IOException("it is not CSV near line " + parser.getCurrentLineNumber());
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
