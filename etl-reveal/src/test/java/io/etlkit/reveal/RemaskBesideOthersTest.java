package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RemaskBesideOthersTest {
    private static final List<String> PEOPLE = MaskedTable.people(200);

    @TempDir
    Path folder;

    @Test
    void goesOnWhereAFailureStoppedItAndDoesNothingTwice(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        String old = table.rotate("enc");
        database.execute("CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.id = 105 THEN RAISE EXCEPTION ''canary %'', NEW.masked_ip; END IF; RETURN NEW; END';"
                + "CREATE TRIGGER stop BEFORE UPDATE ON logins FOR EACH ROW EXECUTE FUNCTION stop()");
        assertThat(table.remask("--batch", "10"))
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl remask: stopped after 100 rows: (SQLSTATE P0001); what was rewritten stays; run it again to"
                                + " go on\n"));
        assertThat(table.tokens().stream().filter(token -> token.contains(old))).hasSize(100);
        database.execute("DROP TRIGGER stop ON logins");
        List<String> done = database.column("SELECT ctid::text FROM logins WHERE id <= 100 ORDER BY id");
        assertThat(table.remask("--batch", "10").out())
                .contains("already current: 100\n", "rewritten: 100\n", "of old keys, left: 0\n");
        assertThat(database.column("SELECT ctid::text FROM logins WHERE id <= 100 ORDER BY id"))
                .isEqualTo(done);
    }

    @Test
    void twoAtOnceRewriteEachRowOnce(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        database.execute("CREATE TABLE changes (id bigint);"
                + "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO changes VALUES (NEW.id); RETURN NEW; END';"
                + "CREATE TRIGGER note AFTER UPDATE ON logins FOR EACH ROW EXECUTE FUNCTION note()");
        CompletableFuture<Invocation> first = remaskLater(table, "first");
        CompletableFuture<Invocation> second = remaskLater(table, "second");
        assertThat(first.get(2, TimeUnit.MINUTES).exitCode())
                .as(first.get().err())
                .isZero();
        assertThat(second.get(2, TimeUnit.MINUTES).exitCode())
                .as(second.get().err())
                .isZero();
        assertThat(database.column("SELECT id FROM changes")).hasSize(200).doesNotHaveDuplicates();
        assertThat(table.distinct()).isEqualTo(200);
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE);
    }

    @Test
    void whatAnotherWriterChangesMeanwhileStays(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        CompletableFuture<Invocation> remasked;
        try (Connection writer = database.connect();
                Statement change = writer.createStatement()) {
            writer.setAutoCommit(false);
            change.execute("UPDATE logins SET masked_ip = 'changed' WHERE id = 42");
            change.execute("DELETE FROM logins WHERE id = 43");
            remasked = remaskLater(table, "run");
            await("the run waits for the writer").until(() -> MaskedTable.isWaiting(database));
            writer.commit();
        }
        Invocation ended = remasked.get(2, TimeUnit.MINUTES);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("rewritten: 198\n", "changed by others meanwhile: 2\n", "of old keys, left: 0\n");
        assertThat(database.column("SELECT masked_ip FROM logins WHERE id IN (42, 43)"))
                .containsExactly("changed");
    }

    /** Each with an audit log of its own: within one process the log's lock is not waited for. */
    private CompletableFuture<Invocation> remaskLater(MaskedTable table, String name) {
        return CompletableFuture.supplyAsync(() ->
                table.remask("--batch", "5", "--audit", folder.resolve(name).toString()));
    }
}
