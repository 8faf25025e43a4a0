package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code etl remask --map}: what the map is good for. */
@ExtendWith(PostgresExtension.class)
class RemaskMapTest {
    private static final List<String> PEOPLE = MaskedTable.people(40);
    private static final String MAP = "etl_remask_map";

    @TempDir
    Path folder;

    @Test
    void peopleAreCountedExactlyInTheWindow(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        table.insert("hmac", PEOPLE);
        table.rotate("index");
        table.insert("aes-gcm", PEOPLE);
        assertThat(table.distinct()).isEqualTo(80);

        assertThat(table.remask("--map", "build", "--batch", "7")).isEqualTo(new Invocation(0, """
                        rows with a value: 160
                        already current: 40
                        of old keys, left: 120
                        distinct values before: 80
                        old starts in the map: 40
                        of old keys, not in the map: 0
                        distinct values by the map: 40
                        map public.etl_remask_map: is there, and ties the generations together; when it is not needed \
                        any more: --map drop
                        """, ""));
        assertThat(table.distinctByMap("masked_ip")).isEqualTo(40);
        assertThat(database.column("SELECT relpersistence FROM pg_class WHERE relname = '" + MAP + "'"))
                .as("unlogged")
                .containsExactly("u");

        stopAtRow(database, 55);
        Invocation stopped = table.remask("--map", "use", "--batch", "10");
        assertThat(stopped)
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl remask: stopped after 50 rows: (SQLSTATE P0001); what was rewritten stays; run it again to go"
                                + " on; map public.etl_remask_map: is there, and ties the generations together; when it"
                                + " is not needed any more: --map drop\n"));
        assertThat(table.distinctByMap("masked_ip")).isEqualTo(40);

        database.execute("DROP TRIGGER stop ON logins");
        assertThat(table.remask("--map", "use", "--json").out())
                .contains(
                        "\"rewritten\":70,",
                        "\"left\":0,",
                        "\"distinctAfter\":40,",
                        "\"map\":{\"table\":\"public.etl_remask_map\",\"starts\":40,\"missing\":0,\"distinct\":40,\"state\":\"dropped\"}");
        assertThat(mapIsThere(database)).isFalse();
        assertThat(table.distinct()).isEqualTo(40);
        assertThat(table.tokens().stream().filter(token -> token.length() == 33))
                .as("hmac tokens stay hmac tokens")
                .hasSize(40);
        database.execute("DELETE FROM logins WHERE length(masked_ip) = 33");
        assertThat(table.revealed()).hasSize(120).containsAll(PEOPLE);
    }

    @Test
    void entriesForOlderKeysAreNotUsed(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        String old = table.rotate("enc");
        table.remask("--map", "build");
        assertThat(Invocation.of("keys", "destroy", table.keyset(), old).exitCode())
                .isZero();
        table.rotate("index");
        table.rotate("index");
        assertThat(table.remask("--map", "use").out())
                .contains("rewritten: 0\n", "kept, UNKNOWN_KEY: 80\n", "old starts in the map: 40\n");
    }

    @Test
    void rowsThatEqualATokenThatWasReadAreNotReadAgain(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        String old = table.rotate("enc");
        table.rotate("index");
        table.remask("--map", "build");
        // they could not be
        Invocation.of("keys", "destroy", table.keyset(), old);
        assertThat(table.remask("--map", "use").out())
                .contains("rewritten: 80\n", "of old keys, left: 0\n", "map public.etl_remask_map: is dropped\n");
        assertThat(table.revealed()).hasSize(80).containsAll(PEOPLE);
    }

    @Test
    void entriesOfAnHmacColumnAreCompletedFromAReversibleOne(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        database.execute("CREATE TABLE others (masked_ip varchar(256) NOT NULL PRIMARY KEY)");
        for (String token : Masked.ips(table.keyset(), PEOPLE, "hmac")) {
            database.execute("INSERT INTO others VALUES ('" + token + "')");
        }
        String old = table.rotate("enc");
        table.rotate("index");
        String[] build = {"--map", "build", "--known", table.known(PEOPLE.get(0)), "--type", "ip"};
        assertThat(table.remaskAt("others", "masked_ip", build).out()).contains("old starts in the map: 40\n");
        assertThat(table.remask("--map", "build", "--batch", "7").out())
                .contains("old starts in the map: 40\n", "of old keys, not in the map: 0\n");
        // from here on no row can be read
        Invocation.of("keys", "destroy", table.keyset(), old);
        assertThat(table.remaskAt("others", "masked_ip", "--map", "keep", build[2], build[3], "--type", "ip")
                        .out())
                .contains("rewritten: 40\n", "of old keys, left: 0\n");
        assertThat(table.remask("--map", "use").out())
                .contains("rewritten: 40\n", "of old keys, left: 0\n", MAP + ": is dropped\n");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE);
    }

    @Test
    void tokensOfOtherSuitesAndKeysKeepTheirSuiteAndWhatCanNotBeReadStays(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("hmac", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        String token = table.tokens().stream()
                .filter(each -> each.length() > 33)
                .findFirst()
                .orElseThrow();
        String tampered = token.substring(0, 60) + (token.charAt(60) == 'A' ? 'B' : 'A') + token.substring(61);
        String unknown = token.substring(0, 35) + "AAAAAA" + token.substring(41);
        table.rotate("enc");
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm-siv", PEOPLE);
        table.insertTokens(List.of(tampered, unknown, "canary"));
        table.rotate("index");

        Invocation remasked = table.remask("--map", "use", "--batch", "7");

        assertThat(remasked.exitCode()).isEqualTo(1);
        assertThat(remasked.out())
                .contains(
                        "rewritten: 160\n",
                        "kept, UNKNOWN_KEY: 1\n",
                        "kept, TAMPERED: 1\n",
                        "no tokens, kept: 1\n",
                        "old starts in the map: 40\n",
                        "map public.etl_remask_map: is there, ");
        assertThat(table.tokens()).contains(tampered, unknown, "canary");
        database.execute("DELETE FROM logins WHERE masked_ip IN ('" + tampered + "', '" + unknown + "', 'canary')");
        assertThat(table.distinct()).isEqualTo(40);
        assertThat(ofSuite(table, "")).isEqualTo(40);
        assertThat(ofSuite(table, ".g")).isEqualTo(80);
        assertThat(ofSuite(table, ".s")).isEqualTo(40);
        assertThat(table.remask("--map", "use").out()).contains("rewritten: 0\n", MAP + ": is dropped\n");
        database.execute("DELETE FROM logins WHERE length(masked_ip) = 33");
        assertThat(table.revealed()).hasSize(120).containsAll(PEOPLE);
    }

    @Test
    void columnsOfOneDomainShareItAndJoinInTheWindow(TestDatabase database) {
        MaskedTable table = new MaskedTable(
                folder,
                database,
                MaskedTable.WITH_KEY + "; CREATE TABLE others (masked_ip varchar(256) NOT NULL, n int PRIMARY KEY)");
        table.insert("aes-gcm", PEOPLE);
        List<String> hmac = Masked.ips(table.keyset(), PEOPLE, "hmac");
        for (int i = 0; i < hmac.size(); i++) {
            database.execute("INSERT INTO others VALUES ('" + hmac.get(i) + "', " + i + ")");
        }
        table.rotate("index");
        String[] keep = {"--map", "keep", "--known", table.known(PEOPLE.get(0)), "--type", "ip"};
        assertThat(table.remaskAt("others", "masked_ip", keep).out())
                .contains("old starts in the map: 40\n", MAP + ": is there, ");
        assertThat(database.column(
                        "SELECT count(*) FROM others o JOIN logins t ON left(t.masked_ip, 33) = o.masked_ip"))
                .as("the columns, without the map")
                .containsExactly("0");
        assertThat(database.column("SELECT count(*) FROM others o JOIN (logins t JOIN etl_remask_map m ON m.old33 ="
                        + " left(t.masked_ip, 33)) ON left(m.new_token, 33) = o.masked_ip"))
                .as("the columns, through the map")
                .containsExactly("40");
        // its entries came from hmac tokens, and have to be completed for reversible ones
        assertThat(table.remask("--map", "use").out())
                .contains("old starts in the map: 40\n", "rewritten: 40\n", MAP + ": is dropped\n");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE);
    }

    @Test
    void aFreshRootIsReachedThroughItToo(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITHOUT_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm", PEOPLE);
        table.insert("aes-gcm-random", PEOPLE.subList(0, 5));
        String old = table.rotate("index", "--fresh");
        table.rotate("enc");
        table.insert("aes-gcm", PEOPLE);
        // tokens with a random nonce have no start that tells people apart
        assertThat(table.distinct()).isEqualTo(80 + 5);
        assertThat(table.remask("--map", "keep").out())
                .contains("rewritten: 85\n", "of old keys, left: 0\n", "distinct values by the map: 40\n");
        assertThat(table.distinct()).isEqualTo(40 + 5);
        Invocation.of("keys", "destroy", table.keyset(), old, "--force");
        assertThat(table.revealed()).hasSize(125).containsAll(PEOPLE);
    }

    @Test
    void oneThatWasKeptServesTheNextRotation(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("index");
        table.remask("--map", "build");
        table.rotate("index");
        table.insert("aes-gcm", PEOPLE);
        assertThat(table.remask("--map", "build").out()).contains("distinct values by the map: 40\n");
        assertThat(table.distinctByMap("masked_ip")).isEqualTo(40);
        assertThat(table.remask("--map", "use").out()).contains("rewritten: 40\n", MAP + ": is dropped\n");
        assertThat(table.revealed()).hasSize(80).containsAll(PEOPLE);
    }

    @Test
    void twoAtOnceShareItAndTheLastOneDropsIt(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", MaskedTable.people(200));
        table.rotate("index");
        CompletableFuture<Invocation> first = remaskLater(table, "first");
        CompletableFuture<Invocation> second = remaskLater(table, "second");
        for (CompletableFuture<Invocation> run : List.of(first, second)) {
            Invocation ended = run.get(1, TimeUnit.MINUTES);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("of old keys, left: 0\n");
        }
        assertThat(mapIsThere(database)).isFalse();
        assertThat(table.distinct()).isEqualTo(200);
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(MaskedTable.people(200));
    }

    private CompletableFuture<Invocation> remaskLater(MaskedTable table, String name) {
        return CompletableFuture.supplyAsync(() -> table.remask(
                "--batch", "5", "--map", "use", "--audit", folder.resolve(name).toString()));
    }

    @Test
    void itIsDroppedByItselfAndThatIsAudited(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("index");
        table.remask("--map", "build");
        assertThat(table.remask("--map", "drop"))
                .isEqualTo(new Invocation(0, "map public.etl_remask_map: is dropped\n", ""));
        assertThat(mapIsThere(database)).isFalse();
        assertThat(Files.readString(Path.of(table.keyset() + ".audit.jsonl")))
                .contains("\"action\":\"drop-remask-map\"", "\"map\":\"build\"", "\"map\":\"drop\"");
    }

    private static long ofSuite(MaskedTable table, String suite) {
        return table.tokens().stream()
                .filter(token ->
                        token.substring(33, Math.min(token.length(), 35)).equals(suite))
                .count();
    }

    private static void stopAtRow(TestDatabase database, int row) {
        database.execute("CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''canary''; END'; CREATE TRIGGER stop BEFORE UPDATE ON logins FOR EACH ROW"
                + " WHEN (NEW.id = " + row + ") EXECUTE FUNCTION stop()");
    }

    private static boolean mapIsThere(TestDatabase database) {
        return database.column("SELECT to_regclass('" + MAP + "') IS NOT NULL").equals(List.of("true"));
    }
}
