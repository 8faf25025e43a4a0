package io.etlkit.reveal.internal.remask;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.reveal.Invocation;
import io.etlkit.reveal.Masked;
import io.etlkit.reveal.MaskedTable;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class RemaskCommandTest {
    private static final List<String> PEOPLE = MaskedTable.people(40);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {MaskedTable.WITH_KEY, MaskedTable.WITHOUT_KEY})
    void rewritesToTheNewEncryptionKeyAndKeepsTheStarts(String create, TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, create);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm-siv", PEOPLE.subList(0, 10));
        table.insert("hmac", PEOPLE.subList(0, 5));
        String old = table.rotate("enc");
        table.insert("aes-gcm", PEOPLE.subList(0, 3));
        List<String> starts = starts(table.tokens());
        List<String> hmac = Masked.ips(table.keyset(), PEOPLE.subList(0, 5), "hmac");

        assertThat(table.remask("--batch", "7")).isEqualTo(new Invocation(0, """
                        rows with a value: 58
                        already current: 8
                        of those, hmac: 5
                        rewritten: 50
                        changed by others meanwhile: 0
                        no tokens, kept: 0
                        of old keys, left: 0
                        distinct values before: 40
                        distinct values after: 40
                        """, ""));

        List<String> tokens = table.tokens();
        assertThat(starts(tokens)).isEqualTo(starts);
        assertThat(tokens).containsAll(hmac).noneMatch(token -> token.contains(old));
        assertThat(tokens.stream().filter(token -> token.startsWith(".s", 33))).hasSize(10);
        assertThat(Files.readString(Path.of(table.keyset() + ".audit.jsonl")))
                .contains(
                        "\"action\":\"remask\"",
                        "\"old\":50",
                        "\"action\":\"remasked\"",
                        "\"rewritten\":50",
                        "\"who\":\"ada\"")
                .doesNotContain("10.0.", hmac.get(0));
        assertThat(Invocation.of("reveal", "--verify-audit", table.keyset() + ".audit.jsonl")
                        .exitCode())
                .isZero();
        Invocation.of("keys", "destroy", table.keyset(), old);
        database.execute("DELETE FROM logins WHERE length(masked_ip) = 33");
        assertThat(table.revealed()).hasSize(53).containsAll(PEOPLE);
    }

    @Test
    void aSecondRunHasNothingToDo(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        table.remask();
        List<String> places = database.column("SELECT ctid::text FROM logins ORDER BY id");
        assertThat(table.remask().out()).contains("already current: 40\n", "rewritten: 0\n");
        assertThat(database.column("SELECT ctid::text FROM logins ORDER BY id")).isEqualTo(places);
    }

    @Test
    void bringsBothKindsOfTokensToTheKeyThatLiesOverTheirsAndJoinsHold(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("hmac", PEOPLE);
        table.rotate("index");
        table.insert("hmac", PEOPLE.subList(0, 10));
        assertThat(table.distinct()).isEqualTo(50);
        table.rotate("index");
        table.insert("aes-gcm", PEOPLE);
        assertThat(table.remask("--json", "--batch", "9"))
                .isEqualTo(new Invocation(
                        0,
                        "{\"dryRun\":false,\"rows\":130,\"current\":40,\"currentHmac\":0,\"rewritten\":90,\"overtaken\":0,"
                                + "\"failed\":{},\"noTokens\":0,\"left\":0,\"distinctBefore\":90,\"distinctAfter\":40}\n",
                        ""));
        assertThat(table.distinct()).isEqualTo(40);
        assertThat(starts(table.tokens())).hasSameElementsAs(Masked.ips(table.keyset(), PEOPLE, "hmac"));
    }

    @Test
    void bringsReversibleTokensToAFreshRootAndRefusesHmacOnesBeforeTheFirstRow(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("hmac", PEOPLE.subList(0, 3));
        String old = table.rotate("index", "--fresh");
        List<String> before = table.tokens();
        assertThat(table.remask())
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "etl remask: nothing was rewritten: the column holds hmac tokens that can not be brought to index"
                                + " key " + table.primary("index") + ", which is not laid over theirs: 3 of index key "
                                + old
                                + "; rotate with a key that is: etl keys add --kind index --over ID\n"));
        assertThat(table.tokens()).isEqualTo(before);
        database.execute("DELETE FROM logins WHERE length(masked_ip) = 33");
        assertThat(table.remask().exitCode()).isZero();
        Invocation.of("keys", "destroy", table.keyset(), old, "--force");
        assertThat(table.revealed()).hasSize(40).containsAll(PEOPLE);
    }

    @Test
    void keepsAndCountsWhatItCanNotRead(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        String token = table.tokens().get(0);
        String tampered = token.substring(0, 60) + (token.charAt(60) == 'A' ? 'B' : 'A') + token.substring(61);
        String unknown = token.substring(0, 35) + "AAAAAA" + token.substring(41);
        table.insertTokens(List.of(tampered, unknown, "canary"));
        table.rotate("enc");
        Invocation remasked = table.remask("--batch", "1");
        assertThat(remasked.exitCode()).isEqualTo(1);
        assertThat(remasked.out())
                .contains(
                        "rewritten: 40\n",
                        "kept, UNKNOWN_KEY: 1\n",
                        "kept, TAMPERED: 1\n",
                        "no tokens, kept: 1\n",
                        "of old keys, left: 2\n");
        assertThat(remasked.err())
                .isEqualTo(
                        "etl remask: 2 tokens of old keys are left: tokens that could not be read stayed as they are;"
                                + " keep the old keys\n");
        assertThat(table.tokens()).contains(tampered, unknown, "canary");
    }

    @Test
    void aDryRunCountsAndWritesNothing(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        List<String> before = table.tokens();
        Invocation dry = table.remask("--dry-run", "--batch", "3");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("would be rewritten: 40\n", "of old keys, left: 40\n");
        assertThat(table.tokens()).isEqualTo(before);
    }

    @Test
    void goesThroughAKeyOfSeveralColumnsWithOddNames(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE SCHEMA \"o dd\"; CREATE TABLE \"o dd\".\"T\" (\"Day\" date NOT NULL, name char(4) NOT NULL,"
                        + " \"to ken\" text, UNIQUE (\"Day\", name))");
        List<String> tokens = Masked.ips(table.keyset(), PEOPLE, "aes-gcm");
        for (int i = 0; i < tokens.size(); i++) {
            database.execute("INSERT INTO \"o dd\".\"T\" VALUES (date '2026-01-01' + " + i % 4 + ", 'n" + i + "', '"
                    + tokens.get(i) + "')");
        }
        table.rotate("enc");
        Invocation remasked = table.remaskAt("\"o dd\".\"T\"", "to ken", "--key", "Day,name", "--batch", "3");
        assertThat(remasked.err()).isEmpty();
        assertThat(remasked.out()).contains("rewritten: 40\n", "of old keys, left: 0\n");
    }

    private static List<String> starts(List<String> tokens) {
        return tokens.stream().map(token -> token.substring(0, 33)).sorted().toList();
    }
}
