package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.mask.keyset.Keyset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A keyset, and a table {@code logins} whose column {@code masked_ip} holds tokens made with it. */
public final class MaskedTable {
    public static final String WITH_KEY =
            "CREATE TABLE logins (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, masked_ip" + " varchar(256))";
    public static final String WITHOUT_KEY = "CREATE TABLE logins (n int, masked_ip varchar(256))";

    private final Path folder;
    private final TestDatabase database;
    private final String keyset;

    public MaskedTable(Path folder, TestDatabase database, String create) {
        this.folder = folder;
        this.database = database;
        this.keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
        database.execute(create);
    }

    public String keyset() {
        return keyset;
    }

    /** Addresses of as many people. */
    public static List<String> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "10.0." + n / 250 + "." + n % 250)
                .toList();
    }

    /** A row for each address, masked with the keys of now. */
    public void insert(String method, List<String> addresses) {
        insertTokens(Masked.ips(keyset, addresses, method));
    }

    public void insertTokens(List<String> tokens) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO logins (masked_ip) VALUES (?)")) {
            for (String token : tokens) {
                insert.setString(1, token);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failed) {
            throw new IllegalStateException("an insert failed", failed);
        }
    }

    /** Makes a new key and writes with it; gives the old one's id. */
    public String rotate(String kind, String... how) {
        String old = primary(kind);
        promote(add(kind, how));
        return old;
    }

    /** Makes a new key and gives its id. */
    public String add(String kind, String... how) {
        List<String> add = new ArrayList<>(List.of("keys", "add", keyset, "--kind", kind));
        add.addAll(List.of(how));
        return Invocation.of(add.toArray(String[]::new)).out().strip();
    }

    public void promote(String id) {
        Invocation promoted = Invocation.of("keys", "promote", keyset, id);
        if (promoted.exitCode() != 0) {
            throw new AssertionError(promoted.err());
        }
    }

    public String primary(String kind) {
        try (Keyset loaded = Keyset.load(keyset, folder)) {
            return loaded.keyInfos().stream()
                    .filter(key -> key.role().label().equals(kind)
                            && key.status().label().equals("primary"))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }
    }

    /** A file for {@code --known}. */
    public String known(String value) {
        try {
            Path file = folder.resolve("known");
            Files.writeString(file, value + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Invocation remask(String... more) {
        return remaskAt("logins", "masked_ip", more);
    }

    public Invocation remaskAt(String table, String column, String... more) {
        List<String> arguments = new ArrayList<>(List.of("remask", "--keyset", keyset, "--domain", "ip"));
        arguments.addAll(List.of("--reason", "rotation", "--table", table, "--column", column));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    /** Runs a verb against the database. */
    public Invocation run(List<String> arguments) {
        return Invocation.with(
                "",
                new FakeTerminal(),
                Map.of(
                        "ETL_DATABASE_URL", database.jdbcUrl(),
                        "ETL_DATABASE_USER", database.user(),
                        "ETL_DATABASE_PASSWORD", database.password()),
                arguments.toArray(String[]::new));
    }

    /** Runs while another session has changed a row, which commits when the run waits for it; fails unless the run ends well. */
    public Invocation remaskBeside(String change) throws Exception {
        CompletableFuture<Invocation> remasked;
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(change);
            remasked = CompletableFuture.supplyAsync(this::remask);
            await("the run waits for the row").until(() -> isWaiting(database));
            other.commit();
        }
        Invocation ended = remasked.get(1, TimeUnit.MINUTES);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    /** Whether a run waits for somebody's lock. */
    public static boolean isWaiting(TestDatabase database) {
        return database.column("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'etlkit/remask'"
                        + " AND datname = current_database() AND wait_event_type = 'Lock'")
                .equals(List.of("1"));
    }

    public List<String> tokens() {
        return database.column("SELECT masked_ip FROM logins ORDER BY 1");
    }

    /** The values behind all tokens, sorted; what can not be revealed fails the test. */
    public List<String> revealed() {
        Invocation revealed = Invocation.withInput(
                String.join("\n", tokens()) + "\n",
                "reveal",
                "--keyset",
                keyset,
                "--domain",
                "ip",
                "--reason",
                "test",
                "--max-rows",
                "100000");
        if (revealed.exitCode() != 0) {
            throw new AssertionError(revealed.err());
        }
        return revealed.out().lines().sorted().toList();
    }

    public long distinct() {
        return distinct("masked_ip");
    }

    public long distinct(String column) {
        return number("SELECT count(DISTINCT left(" + column + ", 33)) FROM logins");
    }

    /** How many people there are by the query of docs/keys.md, which counts the two tokens of one once. */
    public long distinctByMap(String column) {
        return number(documentedCount().replace("user_logins", "logins").replace("masked_ip", column));
    }

    private static String documentedCount() {
        try {
            String page = Files.readString(Path.of("../docs/keys.md"));
            int start = page.indexOf("```sql\n") + "```sql\n".length();
            return page.substring(start, page.indexOf("```", start));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private long number(String query) {
        return Long.parseLong(database.column(query).get(0));
    }
}
