package io.etlkit.reveal;

import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.mask.Keyset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A keyset, and a table {@code logins} whose column {@code masked_ip} holds tokens made with it. */
final class MaskedTable {
    static final String WITH_KEY =
            "CREATE TABLE logins (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, masked_ip" + " varchar(256))";
    static final String WITHOUT_KEY = "CREATE TABLE logins (n int, masked_ip varchar(256))";

    private final Path folder;
    private final TestDatabase database;
    private final String keyset;

    MaskedTable(Path folder, TestDatabase database, String create) {
        this.folder = folder;
        this.database = database;
        this.keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
        database.execute(create);
    }

    String keyset() {
        return keyset;
    }

    /** Addresses of as many people. */
    static List<String> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "10.0." + n / 250 + "." + n % 250)
                .toList();
    }

    /** A row for each address, masked with the keys of now. */
    void insert(String method, List<String> addresses) {
        insertTokens(Masked.ips(keyset, addresses, method));
    }

    void insertTokens(List<String> tokens) {
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
    String rotate(String kind, String... how) {
        String old = primary(kind);
        List<String> add = new ArrayList<>(List.of("keys", "add", keyset, "--kind", kind));
        add.addAll(List.of(how));
        String id = Invocation.of(add.toArray(String[]::new)).out().strip();
        Invocation.of("keys", "promote", keyset, id);
        return old;
    }

    String primary(String kind) {
        try (Keyset loaded = Keyset.load(keyset, folder)) {
            return loaded.keyInfos().stream()
                    .filter(key -> key.role().label().equals(kind)
                            && key.status().label().equals("primary"))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }
    }

    Invocation remask(String... more) {
        List<String> arguments = new ArrayList<>(List.of("remask", "--keyset", keyset, "--domain", "ip"));
        arguments.addAll(List.of("--reason", "rotation", "--table", "logins", "--column", "masked_ip"));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    /** Runs a verb against the database. */
    Invocation run(List<String> arguments) {
        return Invocation.with(
                "",
                new FakeTerminal(),
                Map.of(
                        "ETL_DATABASE_URL", database.jdbcUrl(),
                        "ETL_DATABASE_USER", database.user(),
                        "ETL_DATABASE_PASSWORD", database.password()),
                arguments.toArray(String[]::new));
    }

    List<String> tokens() {
        return database.column("SELECT masked_ip FROM logins ORDER BY 1");
    }

    /** The values behind all tokens, sorted; what can not be revealed fails the test. */
    List<String> revealed() {
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

    long distinct() {
        return Long.parseLong(database.column("SELECT count(DISTINCT left(masked_ip, 33)) FROM logins")
                .get(0));
    }
}
