package io.etlkit.reveal.internal.option;

import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which database a verb works on, and as whom. */
public final class DatabaseOptions {
    private static final String POSTGRES = "jdbc:postgresql:";

    @Option(
            names = "--url",
            paramLabel = "JDBC",
            description = "The database, as jdbc:postgresql://host:5432/database; without it, ETL_DATABASE_URL.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who logs in; without it, ETL_DATABASE_USER, or whom the URL names.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file whose first line is the password; without it, ETL_DATABASE_PASSWORD, or what the"
                    + " driver finds.")
    private Optional<Path> passwordFile = Optional.empty();

    /** Whether one of them was given. */
    public boolean areGiven() {
        return url.isPresent() || user.isPresent() || passwordFile.isPresent();
    }

    /**
     * The URL, which may hold a password and is not shown.
     *
     * @param question what is asked where there is none
     */
    public String url(ProcessContext process, String question) {
        String jdbc = url.or(() -> variable(process, "ETL_DATABASE_URL"))
                .orElseThrow(
                        () -> new IllegalArgumentException(question + " --url jdbc:postgresql://host:5432/database"));
        if (!jdbc.startsWith(POSTGRES)) {
            throw new IllegalArgumentException("the URL of the database does not start with " + POSTGRES);
        }
        return jdbc;
    }

    /** What the driver needs besides; {@code verb} is what the server's list of sessions shows. */
    public Properties login(ProcessContext process, String verb) {
        Properties login = new Properties();
        user.or(() -> variable(process, "ETL_DATABASE_USER")).ifPresent(name -> login.setProperty("user", name));
        passwordFile
                .map(file -> new String(PassphraseFile.firstLine(file, "--password-file")))
                .or(() -> variable(process, "ETL_DATABASE_PASSWORD"))
                .ifPresent(password -> login.setProperty("password", password));
        login.setProperty("ApplicationName", "etlkit/" + verb);
        login.setProperty("logServerErrorDetail", "false");
        return login;
    }

    private static Optional<String> variable(ProcessContext process, String name) {
        return Optional.ofNullable(process.variables().get(name)).filter(value -> !value.isEmpty());
    }
}
