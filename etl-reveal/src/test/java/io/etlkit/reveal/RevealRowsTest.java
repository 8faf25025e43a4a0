package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RevealRowsTest {
    @TempDir
    Path folder;

    private String keyset = "";
    private String token = "";

    @BeforeEach
    void makeKeyset() {
        keyset = folder.resolve("pii.json").toString();
        Invocation.of("keys", "init", keyset, "--insecure-plaintext");
        token = Masked.ip(keyset, "10.0.0.1", "aes-gcm");
    }

    @Test
    void revealsAColumnOfACsvFile() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("rows.csv"),
                "user,masked_ip,note\r\nu1," + token + ",\"a, \"\"b\"\"\"\r\nu2,,plain\r\nu3,canary,x\r\n");
        assertThat(reveal("", "--csv", csv.toString(), "--column", "masked_ip"))
                .isEqualTo(new Invocation(1, """
                        user,masked_ip,note
                        u1,10.0.0.1,"a, ""b""\"
                        u2,,plain
                        u3,,x
                        """, "row 3: NOT_A_TOKEN: this is no token\n"));
        assertThat(reveal(Files.readString(csv), "--csv", "-", "--column", "masked_ip", "--as", "ip")
                        .out())
                .isEqualTo("user,masked_ip,note,ip\nu1," + token
                        + ",\"a, \"\"b\"\"\",10.0.0.1\nu2,,plain,\nu3,canary,x,\n");
        assertThat(Files.readString(Path.of(keyset + ".audit.jsonl")))
                .contains("\"asked\":2", "\"revealed\":1", "\"source\":\"csv\"")
                .doesNotContain("canary", "10.0.0.1");
    }

    @Test
    void readsWhatASpreadsheetWrote() throws Exception {
        Path csv = Files.writeString(folder.resolve("rows.csv"), "\uFEFFip,n\r\n" + token + ",1\r\n");
        assertThat(reveal("", "--csv", csv.toString(), "--column", "ip"))
                .isEqualTo(new Invocation(0, "ip,n\n10.0.0.1,1\n", ""));
    }

    @Test
    void saysWhatIsWrongWithACsvFileAndNotWhatIsInIt() throws Exception {
        Path csv = Files.writeString(folder.resolve("rows.csv"), "a,b\ncanary\n");
        assertThat(reveal("", "--csv", csv.toString(), "--column", "a"))
                .isEqualTo(new Invocation(
                        1, "", "etl reveal: nothing was revealed: row 1 has 1 cells, and the header has 2\n"));
        assertThat(reveal("", "--csv", csv.toString(), "--column", "c"))
                .isEqualTo(new Invocation(2, "", "etl reveal: there is no column \"c\"; there is a, b\n"));
        assertThat(reveal("", "--csv", csv.toString()))
                .isEqualTo(new Invocation(
                        2, "", "etl reveal: which column holds the tokens? --column NAME; there is a, b\n"));
        Files.writeString(csv, "a\n\"canary\" x\"\n");
        Invocation malformed = reveal("", "--csv", csv.toString());
        assertThat(malformed.exitCode()).isEqualTo(1);
        assertThat(malformed.err())
                .startsWith("etl reveal: nothing was revealed: it is not CSV near line ")
                .doesNotContain("canary");
        assertThat(reveal("", "--csv", folder.resolve("none").toString()).exitCode())
                .isEqualTo(2);
        assertThat(Path.of(keyset + ".audit.jsonl")).doesNotExist();
    }

    @Test
    void revealsAColumnOfAQuery(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE logins (n int, masked_ip varchar(256)); INSERT INTO logins SELECT n, '" + token
                + "' FROM generate_series(1, 2500) n; INSERT INTO logins VALUES (2501, NULL)");
        Invocation all = query(database, "SELECT n, masked_ip FROM logins ORDER BY n", "--column", "masked_ip");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out().lines())
                .hasSize(2502)
                .startsWith("n,masked_ip", "1,10.0.0.1", "2,10.0.0.1")
                .endsWith("2500,10.0.0.1", "2501,");
        assertThat(query(database, "SELECT masked_ip FROM logins WHERE n = 7").out())
                .isEqualTo("masked_ip\n10.0.0.1\n");
        assertThat(query(database, "SELECT masked_ip FROM logins", "--max-rows", "100"))
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl reveal: more than 100 tokens; nothing was revealed; raise --max-rows if you mean it\n"));
        assertThat(Files.readString(Path.of(keyset + ".audit.jsonl"))).contains("\"source\":\"query\"");
    }

    @Test
    void aQueryChangesNothingAndItsFailureShowsNoRow(TestDatabase database) {
        database.execute("CREATE TABLE logins (masked_ip varchar(256)); INSERT INTO logins VALUES ('canary')");
        Invocation writing = query(database, "DELETE FROM logins RETURNING masked_ip");
        assertThat(writing.exitCode()).isEqualTo(1);
        assertThat(writing.err()).isEqualTo("etl reveal: nothing was revealed: the query failed: (SQLSTATE 25006)\n");
        assertThat(database.count("logins")).isEqualTo(1);
        Invocation odd = query(database, "SELECT masked_ip::int FROM logins");
        assertThat(odd.err()).isEqualTo("etl reveal: nothing was revealed: the query failed: (SQLSTATE 22P02)\n");
        assertThat(query(database, "SELECT nothing FROM logins").err())
                .isEqualTo(
                        "etl reveal: nothing was revealed: the query failed: ERROR: column \"nothing\" does not exist"
                                + " (SQLSTATE 42703)\n");
    }

    @Test
    void whereAQueryRunsComesFromTheEnvironmentToo(TestDatabase database) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), database.password() + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Invocation revealed = reveal(
                Map.of("ETL_DATABASE_URL", database.jdbcUrl(), "ETL_DATABASE_USER", database.user()),
                "--query",
                "SELECT '" + token + "' AS ip",
                "--password-file",
                password.toString());
        assertThat(revealed).isEqualTo(new Invocation(0, "ip\n10.0.0.1\n", ""));
        assertThat(reveal("", "--query", "SELECT 1"))
                .isEqualTo(new Invocation(
                        2, "", "etl reveal: where does the query run? --url jdbc:postgresql://host:5432/database\n"));
        assertThat(reveal("", "--query", "SELECT 1", "--url", "jdbc:mysql://canary:secret@host/"))
                .isEqualTo(new Invocation(
                        2, "", "etl reveal: the URL of the database does not start with jdbc:postgresql:\n"));
    }

    @Test
    void refusesOptionsThatDoNotFitTogether() {
        assertThat(reveal("", "--csv", "f", "--query", "q").err())
                .isEqualTo("etl reveal: --csv and --query contradict each other\n");
        assertThat(reveal("", "--column", "c").err())
                .isEqualTo("etl reveal: --column and --as are for --csv and --query\n");
        assertThat(reveal("", "--user", "u").err())
                .isEqualTo("etl reveal: --url, --user and --password-file are for --query\n");
    }

    private Invocation query(TestDatabase database, String sql, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--query", sql, "--url", database.jdbcUrl()));
        arguments.addAll(List.of("--user", database.user()));
        arguments.addAll(List.of(more));
        return reveal(Map.of("ETL_DATABASE_PASSWORD", database.password()), arguments.toArray(String[]::new));
    }

    private Invocation reveal(Map<String, String> variables, String... more) {
        return Invocation.with("", new FakeTerminal(), variables, arguments(more));
    }

    private Invocation reveal(String input, String... more) {
        return Invocation.withInput(input, arguments(more));
    }

    private String[] arguments(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("reveal", "--keyset", keyset, "--domain", "ip", "--reason", "ticket 7"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
