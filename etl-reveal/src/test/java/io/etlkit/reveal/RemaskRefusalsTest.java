package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RemaskRefusalsTest {
    @TempDir
    Path folder;

    @Test
    void refusesAKeysetWithoutASecondKeyBeforeItAsksTheDatabase(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        assertThat(table.remask("--url", "jdbc:postgresql://127.0.0.1:1/away"))
                .isEqualTo(refused("keyset \"pii\" has no second key of kind enc or index that tokens could be brought"
                        + " from; add one and promote it first: etl keys add, etl keys promote"));
    }

    @Test
    void refusesAColumnThatIsNotThereOrHoldsNoTokens(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE TABLE logins (id int PRIMARY KEY, narrow varchar(32), padded char(256), maybe int UNIQUE,"
                        + " masked_ip text); CREATE VIEW seen AS SELECT * FROM logins");
        table.rotate("enc");
        assertThat(table.remaskAt("none", "masked_ip")).isEqualTo(refused("there is no table none"));
        assertThat(table.remaskAt("seen", "masked_ip"))
                .isEqualTo(refused("seen is a view; name the table that holds the rows"));
        assertThat(table.remaskAt("logins", "ip"))
                .isEqualTo(refused("table logins has no column \"ip\"; it has id, narrow, padded, maybe, masked_ip"));
        assertThat(table.remaskAt("logins", "narrow"))
                .isEqualTo(refused("column \"narrow\" of table logins is character varying(32), which is too narrow:"
                        + " the shortest token has 33 characters"));
        assertThat(table.remaskAt("logins", "padded"))
                .isEqualTo(refused("column \"padded\" of table logins is character(256), which does not keep tokens as"
                        + " they are; text and varchar do"));
        assertThat(table.remaskAt("logins", "masked_ip", "--key", "maybe"))
                .isEqualTo(refused("column \"maybe\" of table logins may be NULL, and so tells no rows apart"));
        assertThat(table.remaskAt("logins", "masked_ip", "--key", "id,none").exitCode())
                .isEqualTo(2);
        database.execute("ALTER TABLE logins ALTER maybe SET NOT NULL, ALTER narrow SET NOT NULL");
        assertThat(table.remaskAt("logins", "masked_ip", "--key", "narrow"))
                .isEqualTo(refused("table logins has no unique index over narrow; name the columns of a unique key, or"
                        + " leave --key out"));
        assertThat(table.remaskAt("logins", "masked_ip", "--key", "maybe").exitCode())
                .isZero();
        assertThat(Path.of(table.keyset() + ".audit.jsonl")).exists();
    }

    @Test
    void namesTheUniqueIndexThatIsInTheWayAndNoRow(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        database.execute("CREATE UNIQUE INDEX ON logins (left(masked_ip, 33))");
        table.insert("aes-gcm", List.of("10.0.0.1"));
        table.rotate("index");
        table.insert("aes-gcm", List.of("10.0.0.1"));
        assertThat(table.remask())
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl remask: stopped after 0 rows: (SQLSTATE 23505); a unique index holds two tokens of one value"
                                + " apart that are becoming one: remove one of the rows, or the index while this runs; what"
                                + " was rewritten stays; run it again to go on\n"));
    }

    @Test
    void hmacTokensChangeOnlyInADomainThatIsProven(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("hmac", List.of("10.0.0.1", "10.0.0.2"));
        table.rotate("index");
        List<String> before = table.tokens();
        assertThat(table.remask())
                .isEqualTo(refused("nothing was rewritten: 2 hmac tokens are to change, and nothing in the column shows"
                        + " that \"ip\" is their domain; under a wrong one they would be spoilt for good. Name a file with a"
                        + " value that is in the column: --known FILE --type TYPE"));
        Path known = Files.writeString(folder.resolve("known"), "10.0.0.9\n");
        Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-------"));
        String[] proof = {"--known", known.toString(), "--type", "ip"};
        assertThat(table.remask(proof))
                .isEqualTo(refused(
                        "nothing was rewritten: the value of --known is not in the column, as this type, in this"
                                + " domain and under a key that is primary or active"));
        assertThat(table.tokens()).isEqualTo(before);
        Files.writeString(known, "10.0.0.2\n");
        assertThat(table.remask(proof).out()).contains("rewritten: 2\n", "of old keys, left: 0\n");
        assertThat(table.tokens())
                .hasSameElementsAs(Masked.ips(table.keyset(), List.of("10.0.0.1", "10.0.0.2"), "hmac"));
    }

    @Test
    void aFileOfAKnownValueIsCalledWhatItIs(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("hmac", List.of("10.0.0.1"));
        table.rotate("index");
        Path known = folder.resolve("known");
        String[] proof = {"--known", known.toString(), "--type", "ip"};
        assertThat(table.remask(proof)).isEqualTo(refused("--known file " + known + ": there is no such file"));
        Files.writeString(known, "\n");
        Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(table.remask(proof).err())
                .startsWith("etl remask: --known file " + known + ": everybody may read the file; chmod 600 it");
        Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-------"));
        assertThat(table.remask(proof)).isEqualTo(refused("--known file " + known + ": its first line is empty"));
        assertThat(table.remask("--password-file", folder.resolve("none").toString()))
                .isEqualTo(refused("--password-file " + folder.resolve("none") + ": there is no such file"));
    }

    @Test
    void writesNothingWhenTheAuditLogCanNotBeWritten(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", List.of("10.0.0.1"));
        table.rotate("enc");
        List<String> before = table.tokens();
        Invocation unaudited = table.remask("--audit", folder.resolve("no/such").toString());
        assertThat(unaudited.exitCode()).isEqualTo(1);
        assertThat(unaudited.err())
                .startsWith("etl remask: nothing was rewritten, for the audit log can not be written: ");
        assertThat(table.tokens()).isEqualTo(before);
    }

    @Test
    void asksForAReasonAndAPlace(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.rotate("enc");
        assertThat(Invocation.of("remask", "--table", "t", "--column", "c").err())
                .startsWith("Missing required options: '--keyset=FILE', '--domain=NAME', '--reason=TEXT'");
        assertThat(table.remask("--batch", "0").err()).startsWith("--batch must be from 1 to 100000");
        assertThat(Invocation.of(
                        "remask",
                        "--keyset",
                        table.keyset(),
                        "--domain",
                        "ip",
                        "--reason",
                        "r",
                        "--table",
                        "t",
                        "--column",
                        "c"))
                .isEqualTo(refused("where is the table? --url jdbc:postgresql://host:5432/database"));
    }

    private static Invocation refused(String message) {
        return new Invocation(2, "", "etl remask: " + message + "\n");
    }
}
