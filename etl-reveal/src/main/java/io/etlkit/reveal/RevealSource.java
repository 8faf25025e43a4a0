package io.etlkit.reveal;

import io.etlkit.transform.mask.PassphraseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where the tokens to reveal are: standard input, unless a CSV file or a query is named. */
final class RevealSource {
    private static final String POSTGRES = "jdbc:postgresql:";

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

    @Option(
            names = "--url",
            paramLabel = "JDBC",
            description =
                    "Where the query runs, as jdbc:postgresql://host:5432/database; without it, ETL_DATABASE_URL.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who runs the query; without it, ETL_DATABASE_USER, or whom the URL names.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file whose first line is the password; without it, ETL_DATABASE_PASSWORD, or what the"
                    + " driver finds.")
    private Optional<Path> passwordFile = Optional.empty();

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
    TokenRows open(Surroundings surroundings, int most) throws IOException {
        if (csv.isPresent() && query.isPresent()) {
            throw new IllegalArgumentException("--csv and --query contradict each other");
        }
        boolean rows = csv.isPresent() || query.isPresent();
        if (!rows && (column.isPresent() || as.isPresent())) {
            throw new IllegalArgumentException("--column and --as are for --csv and --query");
        }
        if (query.isEmpty() && (url.isPresent() || user.isPresent() || passwordFile.isPresent())) {
            throw new IllegalArgumentException("--url, --user and --password-file are for --query");
        }
        if (query.isPresent()) {
            return QueryRows.open(url(surroundings), login(surroundings), query.get(), column, most);
        }
        return csv.isPresent()
                ? csv(surroundings, csv.get())
                : new LineRows(surroundings.input().get());
    }

    private TokenRows csv(Surroundings surroundings, String file) throws IOException {
        if (file.equals("-")) {
            return new CsvRows(surroundings.input().get(), column);
        }
        try {
            return new CsvRows(Files.newInputStream(Path.of(file)), column);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("there is no file " + file);
        }
    }

    private String url(Surroundings surroundings) {
        String jdbc = url.or(() -> variable(surroundings, "ETL_DATABASE_URL"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "where does the query run? --url jdbc:postgresql://host:5432/database"));
        if (!jdbc.startsWith(POSTGRES)) {
            throw new IllegalArgumentException("the URL of the database does not start with " + POSTGRES);
        }
        return jdbc;
    }

    private Properties login(Surroundings surroundings) {
        Properties login = new Properties();
        user.or(() -> variable(surroundings, "ETL_DATABASE_USER")).ifPresent(name -> login.setProperty("user", name));
        passwordFile
                .map(file -> new String(PassphraseFile.of(file).passphraseOf("")))
                .or(() -> variable(surroundings, "ETL_DATABASE_PASSWORD"))
                .ifPresent(password -> login.setProperty("password", password));
        login.setProperty("ApplicationName", "etlkit/reveal");
        login.setProperty("logServerErrorDetail", "false");
        return login;
    }

    private static Optional<String> variable(Surroundings surroundings, String name) {
        return Optional.ofNullable(surroundings.variables().get(name)).filter(value -> !value.isEmpty());
    }
}
