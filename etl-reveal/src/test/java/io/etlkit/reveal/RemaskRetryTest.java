package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server ends in favour of another session is done again. */
@ExtendWith(PostgresExtension.class)
class RemaskRetryTest {
    private static final List<String> PEOPLE = MaskedTable.people(40);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03"})
    void aPortionIsDoneAgainAndCountedOnce(String state, TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.insertTokens(List.of(PEOPLE.get(0)));
        table.rotate("enc");
        failAtRow(database, 15, state, 2);
        Invocation remasked = table.remask("--batch", "10");
        assertThat(remasked.err()).isEmpty();
        assertThat(remasked.out())
                .contains(
                        "rewritten: 40\n",
                        "changed by others meanwhile: 0\n",
                        "no tokens, kept: 1\n",
                        "of old keys, left: 0\n");
        assertThat(tries(database)).isEqualTo(3);
    }

    @Test
    void whatFailsAgainAndAgainStopsTheRun(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        failAtRow(database, 15, "40P01", 1000);
        assertThat(table.remask("--batch", "10"))
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "etl remask: stopped after 10 rows: (SQLSTATE 40P01); what was rewritten stays; run it again to go"
                                + " on\n"));
        assertThat(tries(database)).isEqualTo(6);
    }

    @Test
    void whatAnotherTryWouldNotHelpIsNotTriedAgain(TestDatabase database) {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        failAtRow(database, 15, "57014", 1);
        assertThat(table.remask("--batch", "10").err()).startsWith("etl remask: stopped after 10 rows: ");
        assertThat(tries(database)).isEqualTo(1);
    }

    @Test
    void aDeadlockWithAnotherSessionIsSurvived(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        // It is the run that finds the deadlock and is ended: the other session does not look for one.
        database.execute("CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END';"
                + "CREATE TRIGGER hold AFTER UPDATE ON logins FOR EACH ROW WHEN (NEW.id = 1) EXECUTE FUNCTION hold()");
        database.execute("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '20ms'");
        CompletableFuture<Invocation> remasked;
        CompletableFuture<Void> others;
        try (Connection gate = database.connect();
                Connection other = database.connect();
                Statement hold = gate.createStatement();
                Statement change = other.createStatement()) {
            hold.execute("SELECT pg_advisory_lock(7)");
            change.execute("SET deadlock_timeout = '1h'");
            other.setAutoCommit(false);
            change.execute("UPDATE logins SET masked_ip = masked_ip WHERE id = 2");
            remasked = CompletableFuture.supplyAsync(table::remask);
            await("the run is held in row 1").until(() -> MaskedTable.isWaiting(database));
            others = CompletableFuture.runAsync(() -> execute(change, "DELETE FROM logins WHERE id = 1"));
            await("the other session waits for row 1").until(() -> waiting(database) == 2);
            hold.execute("SELECT pg_advisory_unlock(7)");
            others.get(1, TimeUnit.MINUTES);
            other.commit();
        }
        Invocation ended = remasked.get(1, TimeUnit.MINUTES);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("rewritten: 39\n", "of old keys, left: 0\n");
        assertThat(database.column("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .containsExactly("1");
        assertThat(table.revealed()).containsExactlyInAnyOrderElementsOf(PEOPLE.subList(1, 40));
    }

    @Test
    void aSerializationFailureIsSurvivedAndTheRowReadAnew(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        database.execute(
                "ALTER DATABASE " + database.name() + " SET default_transaction_isolation = 'repeatable read'");
        Invocation ended = table.remaskBeside("UPDATE logins SET masked_ip = 'changed' WHERE id = 2");
        assertThat(ended.out())
                .contains("rewritten: 39\n", "changed by others meanwhile: 0\n", "of old keys, left: 0\n");
        assertThat(table.tokens()).contains("changed");
    }

    @Test
    void aLostConnectionStopsTheRunAndTheNextOneGoesOn(TestDatabase database) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, MaskedTable.WITH_KEY);
        table.insert("aes-gcm", PEOPLE);
        table.rotate("enc");
        CompletableFuture<Invocation> remasked;
        try (Connection other = database.connect();
                Statement change = other.createStatement()) {
            other.setAutoCommit(false);
            change.execute("UPDATE logins SET masked_ip = masked_ip WHERE id = 25");
            remasked = CompletableFuture.supplyAsync(() -> table.remask("--batch", "10"));
            await("the run waits for row 25").until(() -> MaskedTable.isWaiting(database));
            database.column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                    + " 'etlkit/remask' AND datname = current_database()");
            Invocation ended = remasked.get(1, TimeUnit.MINUTES);
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err())
                    .startsWith("etl remask: stopped after 20 rows: ")
                    .endsWith("; what was rewritten stays; run it again to go on\n");
            other.rollback();
        }
        assertThat(table.remask().out()).contains("already current: 20\n", "rewritten: 20\n", "of old keys, left: 0\n");
    }

    /** A sequence goes on where a transaction is rolled back, and so counts. */
    private static void failAtRow(TestDatabase database, int row, String state, int times) {
        database.execute("CREATE SEQUENCE tries; CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF nextval(''tries'') <= " + times + " THEN RAISE EXCEPTION ''canary'' USING ERRCODE = ''"
                + state + "''; END IF; RETURN NEW; END';"
                + "CREATE TRIGGER fail BEFORE UPDATE ON logins FOR EACH ROW WHEN (NEW.id = " + row
                + ") EXECUTE FUNCTION fail()");
    }

    private static int tries(TestDatabase database) {
        return Integer.parseInt(database.column("SELECT last_value FROM tries").get(0));
    }

    private static int waiting(TestDatabase database) {
        return Integer.parseInt(database.column("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                .get(0));
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("the other session failed", failed);
        }
    }
}
