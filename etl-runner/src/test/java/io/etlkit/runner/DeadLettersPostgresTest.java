package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: reject, mend, replay, over a real table with its ledger and sealed letters. */
@ExtendWith(PostgresExtension.class)
class DeadLettersPostgresTest {
    private static final String SECRET = "203.0.113.9";

    @TempDir
    private Path folder;

    private TestDatabase database;

    @BeforeEach
    void prepare(TestDatabase own) throws IOException {
        database = own;
        keyset("pii.json");
        database.execute("CREATE TABLE logins (user_id text, ip text, day date, CHECK (length(user_id) < 9))");
    }

    private void keyset(String name) throws IOException {
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(folder.resolve(name));
        }
    }

    /** What is required is what a version of the pipeline differs in. */
    private Path pipeline(String required) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                name: logins
                pii: [ip]
                source:
                  memory:
                    queue: q
                    messages:
                      - '{"user_id":"u1","ip":"%1$s"}'
                      - '{"user_id":"u2","ip":"%1$s","locale":"de"}'
                      - '{"user_id":"u3","ip":"%1$s"}'
                      - '{"user_id":"far too long","ip":"%1$s","locale":"de"}'
                transforms:
                  - require: { fields: [%2$s] }
                  - mask: { keyset: pii.json, fields: [{ path: ip, method: aes-gcm, type: ip }] }
                  - compute: { day: date(headers.sentAt) }
                  - select: { fields: [user_id, ip, day] }
                sink: { postgres: { url: "%3$s", user: "%4$s", password: "%5$s", table: logins } }
                deadLetter: { postgres: { url: "%3$s", user: "%4$s", password: "%5$s" } }
                """.formatted(
                        SECRET, required, database.jdbcUrl(), database.user(), database.password()));
    }

    private Etl replay(Path file, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "dead-letters";
        arguments[1] = "replay";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        Etl etl = Etl.run(arguments);
        assertThat(etl.out() + etl.err()).doesNotContain(SECRET);
        return etl;
    }

    @Test
    void whatWasRejectedIsARowAfterTheMendingAndTheLetterIsGone() throws IOException {
        Path strict = pipeline("user_id, locale");
        Etl first = Etl.run("run", "--until-idle=10ms", strict.toString());
        assertThat(first.out()).contains("received 4, written 1, ", "dead-lettered 3");

        Path mended = pipeline("user_id");
        Etl replayed = replay(mended);

        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.exitCode()).isZero();
        assertThat(replayed.out()).contains("received 3, written 2, ", "dead-lettered 1");
        assertThat(database.column("SELECT user_id || ' ' || day FROM logins ORDER BY 1"))
                .containsExactly("u1 2024-05-06", "u2 2024-05-06", "u3 2024-05-06");
        assertThat(database.column("SELECT message_id || ' ' || reason || ' ' || (first_failed_at < failed_at)"
                        + " FROM etl_dead_letters"))
                .containsExactly("m3 check_violation true");

        assertThat(replay(mended).out()).contains("received 1, written 0, ", "dead-lettered 1");
        assertThat(database.count("logins")).isEqualTo(3);
    }

    @Test
    void aReplayThatWasKilledBeforeTheRemovalCostsNoSecondRow() throws IOException {
        Etl.run("run", "--until-idle=10ms", pipeline("user_id, locale").toString());
        Path mended = pipeline("user_id");
        database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'killed'; END $$;"
                + " CREATE TRIGGER killed BEFORE DELETE ON etl_dead_letters EXECUTE FUNCTION refuse()");

        Etl killed = replay(mended);

        assertThat(killed.exitCode()).isEqualTo(1);
        assertThat(database.count("logins")).isEqualTo(3);
        assertThat(database.count("etl_dead_letters")).isEqualTo(3);

        database.execute("DROP TRIGGER killed ON etl_dead_letters");
        Etl again = replay(mended);

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("duplicate 2", "dead-lettered 1");
        assertThat(database.count("logins")).isEqualTo(3);
        assertThat(database.count("etl_dead_letters")).isEqualTo(1);
    }

    @Test
    void lettersSealedWithAnotherKeyStay() throws IOException {
        Etl.run("run", "--until-idle=10ms", pipeline("user_id, locale").toString());
        Files.delete(folder.resolve("pii.json"));
        keyset("pii.json");

        Etl replayed = replay(pipeline("user_id"));

        assertThat(replayed.exitCode()).isEqualTo(1);
        assertThat(replayed.err())
                .isEqualTo("etl: 3 letters were left as before: they were sealed with a key that the keyset does not"
                        + " hold\n");
        assertThat(database.count("logins")).isEqualTo(1);
        assertThat(database.count("etl_dead_letters")).isEqualTo(3);
    }

    @Test
    void listsWithoutTheSource() throws IOException {
        Path file = pipeline("user_id, locale");
        Etl.run("run", "--until-idle=10ms", file.toString());

        Etl listed = Etl.run("dead-letters", "list", "--set", "source.memory.queue=missing", file.toString());

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains("3 dead letters; by reason:", "missing_field", "sealed")
                .doesNotContain(SECRET);
    }
}
