package io.etlkit.reveal.internal.reveal;

import io.etlkit.reveal.internal.option.DatabaseOptions;
import io.etlkit.reveal.internal.process.ProcessContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the tokens to reveal are: standard input, unless a CSV file or a query is named. */
final class RevealSource {
    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "Read a CSV file in UTF-8 whose first line names the columns (-: standard input), and print it"
                            + " with the values in the tokens' place.")
    private Optional<String> csv = Optional.empty();

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = "Run a query, read-only, and print its rows as CSV with the values in the tokens' place.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The column that holds the tokens; it need not be named when there is one only.")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Print the values in a new column of this name, and leave the tokens.")
    private Optional<String> as = Optional.empty();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    /** The name of the column to add. */
    Optional<String> newColumn() {
        return as;
    }

    /**
     * Opens what was named.
     *
     * @param most how many rows are read at the most
     * @throws IllegalArgumentException when the options do not fit together
     */
    TokenRows open(ProcessContext process, int most) throws IOException {
        if (csv.isPresent() && query.isPresent()) {
            throw new IllegalArgumentException("--csv and --query contradict each other");
        }
        boolean rows = csv.isPresent() || query.isPresent();
        if (!rows && (column.isPresent() || as.isPresent())) {
            throw new IllegalArgumentException("--column and --as are for --csv and --query");
        }
        if (query.isEmpty() && database.areGiven()) {
            throw new IllegalArgumentException("--url, --user and --password-file are for --query");
        }
        if (query.isPresent()) {
            return QueryRows.open(
                    database.url(process, "where does the query run?"),
                    database.login(process, "reveal"),
                    query.get(),
                    column,
                    most);
        }
        return csv.isPresent()
                ? csv(process, csv.get())
                : new LineRows(process.input().get());
    }

    private TokenRows csv(ProcessContext process, String file) throws IOException {
        if (file.equals("-")) {
            return new CsvRows(process.input().get(), column);
        }
        try {
            return new CsvRows(Files.newInputStream(Path.of(file)), column);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + file);
        }
    }
}
