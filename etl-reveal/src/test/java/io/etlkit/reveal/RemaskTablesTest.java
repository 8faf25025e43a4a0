package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose rows do not lie in one heap with a key, and relations that are no such tables. */
@ExtendWith(PostgresExtension.class)
class RemaskTablesTest {
    private static final List<String> PEOPLE = MaskedTable.people(40);

    private static final String PARTITIONS = "CREATE TABLE even PARTITION OF logins FOR VALUES IN (0);"
            + "CREATE TABLE odd PARTITION OF logins FOR VALUES IN (1);"
            + "CREATE TABLE rest PARTITION OF logins DEFAULT PARTITION BY HASH (n);"
            + "CREATE TABLE rest0 PARTITION OF rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
            + "CREATE TABLE rest1 PARTITION OF rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);";

    private static final String NOTES = "CREATE TABLE changes (n bigint);"
            + "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN INSERT INTO changes VALUES (NEW.n); RETURN NEW; END';"
            + "CREATE TRIGGER note AFTER UPDATE ON logins FOR EACH ROW EXECUTE FUNCTION note()";

    @TempDir
    Path folder;

    @Test
    void rowsOfPartitionsAreNotMistakenForThoseAtTheSamePlaceInOthers(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE SEQUENCE numbers; CREATE TABLE logins (n bigint NOT NULL DEFAULT nextval('numbers'), masked_ip"
                        + " varchar(256)) PARTITION BY LIST ((n % 4));" + PARTITIONS);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        // the same person at the same place in each partition
        table.insert("aes-gcm", List.of("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1"));
        String old = table.rotate("enc");
        database.execute(NOTES);

        Invocation remasked = table.remask("--batch", "9");

        assertThat(remasked.err()).isEmpty();
        assertThat(remasked.out())
                .contains("rewritten: 84\n", "changed by others meanwhile: 0\n", "of old keys, left: 0\n");
        assertThat(database.column("SELECT n FROM changes")).hasSize(84).doesNotHaveDuplicates();
        assertThat(table.tokens()).noneMatch(token -> token.contains(old));
        assertThat(table.revealed()).hasSize(84).containsAll(PEOPLE);
    }

    @Test
    void withoutAKeyATransactionRewritesNoMoreThanABatchEither(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITHOUT_KEY);
        List<String> people = MaskedTable.people(300);
        table.insert("aes-gcm", people);
        table.rotate("enc");
        assertThat(database.column("SELECT count(DISTINCT split_part(ctid::text, ',', 1)) > 1 FROM logins"))
                .as("more than a block")
                .containsExactly("true");
        assertThat(table.remask("--batch", "7").out()).contains("rewritten: 300\n", "of old keys, left: 0\n");
        assertThat(database.column(
                        "SELECT max(n) FROM (SELECT count(*) AS n FROM logins GROUP BY xmin::text) AS transactions"))
                .containsExactly("7");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void aPartitionedTableIsGoneThroughByItsKey(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE SEQUENCE numbers; CREATE TABLE logins (n bigint PRIMARY KEY DEFAULT nextval('numbers'), masked_ip"
                        + " varchar(256)) PARTITION BY RANGE (n);"
                        + "CREATE TABLE few PARTITION OF logins FOR VALUES FROM (0) TO (15);"
                        + "CREATE TABLE many PARTITION OF logins DEFAULT;");
        table.insert("aes-gcm", PEOPLE);
        table.rotate("index");
        assertThat(table.remask("--batch", "9").out()).contains("rewritten: 40\n", "of old keys, left: 0\n");
        assertThat(table.revealed()).hasSize(40).containsAll(PEOPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HASH (masked_ip)", "LIST (left(masked_ip, 4))", "LIST (n)"})
    void aTableThatIsPartitionedByTheTokensNeedsAKey(String by, TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE TABLE logins (n int DEFAULT 1, masked_ip varchar(256) NOT NULL) PARTITION BY " + by + ";"
                        + "CREATE TABLE part PARTITION OF logins "
                        + (by.startsWith("HASH")
                                ? "FOR VALUES WITH (MODULUS 1, REMAINDER 0)"
                                : "DEFAULT PARTITION BY HASH (masked_ip); CREATE TABLE leaf PARTITION OF part FOR VALUES"
                                        + " WITH (MODULUS 1, REMAINDER 0)"));
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        Invocation refused = table.remask();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("etl remask: table " + (by.equals("LIST (n)") ? "part" : "logins")
                        + " is partitioned by column \"masked_ip\", so that rows move when it is rewritten, and nothing"
                        + " else tells them apart; name the columns of a unique key with --key\n");
    }

    @Test
    void withAKeyRowsMayMoveToAnotherPartition(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                "CREATE TABLE logins (n bigint GENERATED ALWAYS AS IDENTITY, masked_ip varchar(256), PRIMARY KEY (n,"
                        + " masked_ip)) PARTITION BY HASH (masked_ip);"
                        + "CREATE TABLE one PARTITION OF logins FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                        + "CREATE TABLE two PARTITION OF logins FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        assertThat(table.remask("--batch", "7").out()).contains("rewritten: 40\n", "of old keys, left: 0\n");
        assertThat(table.revealed()).hasSize(40).containsAll(PEOPLE);
    }

    @Test
    void withoutAKeyOthersMayChangeRowsAllTheTime(TestDatabase database) throws Exception {
        List<String> people = MaskedTable.people(300);
        MaskedTable table =
                new MaskedTable(folder, database, "CREATE TABLE logins (n int DEFAULT 0, masked_ip varchar(256))");
        table.insert("aes-gcm", people);
        String old = table.rotate("enc");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                changes.addAndGet(
                        database.column("UPDATE logins SET n = n + 1 WHERE ctid = (SELECT ctid FROM logins OFFSET "
                                        + changes.get() * 7 % people.size() + " LIMIT 1) RETURNING n")
                                .size());
            }
        });
        try {
            await("others change rows").until(() -> changes.get() > 5);
            Invocation remasked = table.remask("--batch", "20");
            assertThat(remasked.exitCode()).as(remasked.err()).isZero();
            assertThat(remasked.out()).contains("rewritten: 300\n", "of old keys, left: 0\n");
        } finally {
            over.set(true);
            others.get(1, TimeUnit.MINUTES);
        }
        assertThat(database.column("SELECT sum(n) FROM logins"))
                .as("what the others did")
                .containsExactly(Integer.toString(changes.get()));
        assertThat(table.tokens()).noneMatch(token -> token.contains(old));
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void withoutAKeyARowThatMovedIsFoundAtItsNewPlace(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITHOUT_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        Invocation ended = table.remaskBeside("UPDATE logins SET n = 1 WHERE ctid = '(0,1)'");
        assertThat(ended.out()).contains("rewritten: 40\n", "of old keys, left: 0\n");
        assertThat(database.column("SELECT count(*) FROM logins WHERE n = 1")).containsExactly("1");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE);
    }

    @Test
    void refusesRelationsWhoseRowsItCanNotReachOrTellApart(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, """
                CREATE TABLE logins (id int PRIMARY KEY, n int, masked_ip text,
                  start text GENERATED ALWAYS AS (left(masked_ip, 33)) STORED);
                CREATE TABLE parent (n int, masked_ip text);
                CREATE TABLE child () INHERITS (parent);
                CREATE MATERIALIZED VIEW seen AS SELECT * FROM logins;
                CREATE SEQUENCE numbers;
                CREATE FOREIGN DATA WRAPPER nowhere;
                CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere;
                CREATE FOREIGN TABLE far (n int, masked_ip text) SERVER elsewhere;
                CREATE TABLE parted (n int, masked_ip text) PARTITION BY LIST (n);
                CREATE FOREIGN TABLE far_part PARTITION OF parted DEFAULT SERVER elsewhere;
                """);
        table.rotate("enc");
        assertThat(refusal(table, "parent", "masked_ip"))
                .isEqualTo(
                        "table parent has tables that inherit from it, whose rows it can not tell apart; end that for"
                                + " the time with ALTER TABLE .. NO INHERIT, and run this for each of them");
        assertThat(refusal(table, "seen", "masked_ip")).isEqualTo("seen is a view; name the table that holds the rows");
        assertThat(refusal(table, "numbers", "masked_ip"))
                .isEqualTo("numbers is no table; name the table that holds the rows");
        assertThat(refusal(table, "far", "masked_ip"))
                .isEqualTo("far is a foreign table; run this on the server that holds the rows");
        assertThat(refusal(table, "parted", "masked_ip"))
                .isEqualTo(
                        "partition public.far_part of table parted is a foreign table; run this for each partition, on"
                                + " the server that holds its rows");
        assertThat(refusal(table, "logins", "start"))
                .isEqualTo(
                        "column \"start\" of table logins is generated from other columns; rewrite the tokens there");
    }

    @Test
    void refusesATableWhoseRowsMayBeHidden(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        try (TestRole role = TestRole.create(database)) {
            database.execute(
                    "GRANT SELECT, UPDATE ON logins TO " + role.name() + "; ALTER TABLE logins ENABLE ROW LEVEL"
                            + " SECURITY; CREATE POLICY few ON logins USING (id < 10)");
            assertThat(table.remask(role.url()))
                    .isEqualTo(new Invocation(
                            2,
                            "",
                            "etl remask: row security may hide rows of table logins from this user, and they would keep"
                                    + " their old tokens; log in as its owner or as a role with BYPASSRLS\n"));
            database.execute("ALTER TABLE logins DISABLE ROW LEVEL SECURITY");
            assertThat(table.remask(role.url()).out()).contains("rewritten: 40\n", "of old keys, left: 0\n");
        }
    }

    private static String refusal(MaskedTable table, String name, String column) {
        Invocation refused = table.remaskAt(name, column);
        assertThat(refused.exitCode()).isEqualTo(2);
        return refused.err().strip().replaceFirst("^etl remask: ", "");
    }
}
