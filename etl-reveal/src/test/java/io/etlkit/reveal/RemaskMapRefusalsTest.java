package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables are taken for a map, and when none is made or dropped. */
@ExtendWith(PostgresExtension.class)
class RemaskMapRefusalsTest {
    private static final List<String> PEOPLE = MaskedTable.people(5);

    @TempDir
    Path folder;

    private MaskedTable table;

    private TestDatabase database;

    @BeforeEach
    void fillATable(TestDatabase fresh) {
        database = fresh;
        table = new MaskedTable(folder, fresh, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("index");
    }

    @Test
    void aDryRunMakesNone() {
        assertThat(table.remask("--dry-run", "--map", "use").out())
                .contains("would be rewritten: 5\n")
                .doesNotContain("map");
        assertThat(tables()).containsExactly("logins");
        for (String step : List.of("build", "drop")) {
            Invocation refused = table.remask("--dry-run", "--map", step);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).startsWith("--dry-run makes no map and drops none; leave one of the two out\n");
        }
        assertThat(table.remask("--map", "sell").err()).startsWith("--map is build, use, keep, drop, not \"sell\"\n");
    }

    @Test
    void aTableThatIsSomethingElseIsNeitherUsedNorDropped() {
        database.execute("CREATE TABLE etl_remask_map (old33 text PRIMARY KEY, new_token text)");
        String refusal =
                "public.etl_remask_map is no map that this user has made; name another table: --map-table NAME";
        assertThat(table.remask("--map", "use")).isEqualTo(refused(refusal));
        assertThat(table.remask("--map", "drop")).isEqualTo(refused(refusal));
        assertThat(table.remask("--map", "drop", "--map-table", "logins").exitCode())
                .isEqualTo(2);
        assertThat(tables()).containsExactlyInAnyOrder("logins", "etl_remask_map");
        assertThat(table.remask("--map", "drop", "--map-table", "nowhere"))
                .isEqualTo(refused("there is no map public.nowhere"));
    }

    @Test
    void anotherUsersMapIsNotTrusted() {
        try (TestRole role = TestRole.create(database)) {
            database.execute("CREATE TABLE etl_remask_map (old33 text PRIMARY KEY, domain text NOT NULL, old_token text"
                    + " NOT NULL, new_token text NOT NULL); ALTER TABLE etl_remask_map OWNER TO " + role.name());
            assertThat(table.remask("--map", "use").err()).contains(" is no map that this user has made; ");
        }
    }

    @Test
    void anotherDomainsMapIsRefused() {
        table.remask("--map", "build");
        database.execute("UPDATE etl_remask_map SET domain = 'other'");
        assertThat(table.remask("--map", "use"))
                .isEqualTo(
                        refused("the map public.etl_remask_map is another domain's; drop it when that one's columns are"
                                + " done, or name another table: --map-table NAME"));
        assertThat(table.remask("--map", "use", "--map-table", "\"Odd map\"").out())
                .contains("map public.\"Odd map\": is dropped\n");
    }

    @Test
    void whoMayMakeNoTableIsToldWhatToDo() {
        try (TestRole role = TestRole.create(database)) {
            database.execute("GRANT SELECT, UPDATE ON logins TO " + role.name() + "; CREATE SCHEMA mine AUTHORIZATION "
                    + role.name());
            assertThat(table.remask(role.url(), "--map", "use"))
                    .isEqualTo(refused("the map public.etl_remask_map can not be made, for this user may make no tables"
                            + " there; name one where it may: --map-table SCHEMA.NAME"));
            assertThat(table.remask(role.url(), "--map", "use", "--map-table", "mine.map")
                            .out())
                    .contains("rewritten: 5\n", "map mine.map: is dropped\n");
        }
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (String name : List.of("a; DROP TABLE logins", "", "a.b.c", "a b", "1a")) {
            assertThat(table.remask("--map", "use", "--map-table", name))
                    .isEqualTo(refused("--map-table is a table's name, as SQL spells it: etl_remask_map,"
                            + " audit.etl_remask_map, \"Odd\""));
        }
        assertThat(tables()).containsExactly("logins");
    }

    @Test
    void oneThatAnotherRunUsesIsNotDropped() throws Exception {
        table.remask("--map", "build");
        try (Connection other = database.connect();
                Statement lock = other.createStatement()) {
            lock.execute("SELECT pg_advisory_lock_shared(hashtext('etlkit/remask-map'),"
                    + " hashtext('public.etl_remask_map'))");
            String inUse =
                    "map public.etl_remask_map: is in use by another run, which drops it, or keeps it, at its end\n";
            assertThat(table.remask("--map", "drop")).isEqualTo(new Invocation(1, "", "etl remask: " + inUse));
            Invocation used = table.remask("--map", "use");
            assertThat(used.exitCode()).isZero();
            assertThat(used.out()).contains("rewritten: 5\n", inUse);
            assertThat(table.remask("--map", "use", "--json").out()).contains("\"state\":\"in use\"}");
            assertThat(table.remask("--map", "keep", "--json").out()).contains("\"state\":\"kept\"}");
            assertThat(tables()).contains("etl_remask_map");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new_token = left(new_token, 11) || 'AAAAAAAAAAAAAAAAAAAAAA' || substr(new_token, 34)",
                "new_token = left(new_token, 33)",
                "new_token = 'canary'",
                "old_token = left(old_token, 11) || 'AAAAAAAAAAAAAAAAAAAAAA' || substr(old_token, 34)"
            })
    void aTokenThatSomebodyElsePutIntoItIsNotWritten(String change) {
        table.remask();
        table.rotate("enc");
        table.remask("--map", "build");
        List<String> before = table.tokens();
        database.execute("UPDATE etl_remask_map SET " + change + " WHERE old33 = left('" + before.get(0) + "', 33)");

        assertThat(table.remask("--map", "use"))
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl remask: stopped after 0 rows: the map public.etl_remask_map holds a token that was not made"
                                + " from the old one beside it, so somebody else has written to it; drop it with --map"
                                + " drop, and run this again; map public.etl_remask_map: is there, and ties the"
                                + " generations together; when it is not needed any more: --map drop\n"));
        assertThat(table.tokens()).isEqualTo(before);
        table.remask("--map", "drop");
        assertThat(table.remask("--map", "use").out()).contains("rewritten: 5\n");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE);
    }

    private List<String> tables() {
        return database.column(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace =" + " 'public'::regnamespace");
    }

    private static Invocation refused(String message) {
        return new Invocation(2, "", "etl remask: " + message + "\n");
    }
}
