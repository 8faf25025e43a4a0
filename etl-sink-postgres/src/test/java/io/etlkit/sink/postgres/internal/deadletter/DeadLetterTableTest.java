package io.etlkit.sink.postgres.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DeadLetterTableTest {
    private static final Instant FIRST = Instant.parse("2026-01-02T04:00:00Z");

    @Test
    void keepsEverythingButTheValues(TestDatabase database) throws InterruptedException {
        try (DeadLetterSink sink = open(database, "etl_dead_letters")) {
            sink.write(List.of(letter("one", 1, FIRST, new Sealed(new byte[] {1, 2, -1}))));
        }
        assertThat(database.column(
                        "SELECT concat_ws('|', pipeline, message_id, sent_at AT TIME ZONE 'UTC', stage, step, reason,"
                                + " field, message, attempts, first_failed_at = failed_at, original_form, original)"
                                + " FROM etl_dead_letters"))
                .containsExactly(
                        "logins|one|2026-01-02 03:04:05.678|transform|transforms[1].mask|wrong_type|device.id|needs"
                                + " text, has number|1|t|sealed|\\x0102ff");
    }

    @Test
    void keepsWhenItFailedFirst(TestDatabase database) throws InterruptedException {
        try (DeadLetterSink sink = open(database, "etl_dead_letters")) {
            sink.write(List.of(letter("one", 1, FIRST, new Omitted())));
            sink.write(List.of(letter("one", 2, FIRST.plusSeconds(60), new Omitted())));
        }
        assertThat(database.column(
                        "SELECT concat_ws('|', attempts, failed_at - first_failed_at, original_form, original)"
                                + " FROM etl_dead_letters"))
                .containsExactly("2|00:01:00|omitted");
    }

    @Test
    void keepsAClearOriginalWithAnyCharacters(TestDatabase database) throws InterruptedException {
        try (DeadLetterSink sink = open(database, "etl_dead_letters")) {
            sink.write(List.of(letter(
                    "o\0ne",
                    1,
                    FIRST,
                    new Clear(Value.of("nul \0, half \ud800, ü"), Map.of("messageId", Value.of("one"))))));
        }
        assertThat(database.column("SELECT message_id || ' ' || convert_from(original, 'UTF8') FROM etl_dead_letters"))
                .containsExactly(
                        "o\ufffdne {\"body\":\"nul \\u0000, half \\uD800, ü\",\"headers\":{\"messageId\":\"one\"}}");
    }

    @Test
    void refusesATableWithOtherColumns(TestDatabase database) {
        database.execute("CREATE TABLE other (pipeline text, message_id text)");

        assertThatThrownBy(() -> open(database, "other"))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("table public.other exists but has no columns sent_at, stage, step,")
                .hasMessageEndingWith("set another table for the dead letters; a table that does not exist is created");
    }

    @Test
    void failsTransientlyWhenTheConnectionIsLost(TestDatabase database) throws InterruptedException {
        try (DeadLetterSink sink = open(database, "etl_dead_letters")) {
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'etlkit/logins' AND datname = current_database()");
            List<DeadLetter> letters = List.of(letter("one", 1, FIRST, new Omitted()));
            assertThatThrownBy(() -> sink.write(letters))
                    .isInstanceOf(TransientException.class)
                    .hasNoCause();

            sink.write(letters);
        }
        assertThat(database.count("etl_dead_letters")).isEqualTo(1);
    }

    private static DeadLetterSink open(TestDatabase database, String table) {
        return new PostgresDeadLetterSinkFactory()
                .create(
                        PostgresFixtures.deadLetters(database, table),
                        TestContext.defaults().withPipeline("logins"));
    }

    private static DeadLetter letter(String id, int attempts, Instant failedAt, Original original) {
        return new DeadLetter(
                "logins",
                new RecordKey(id, TestRecords.SENT_AT),
                Stage.TRANSFORM,
                Optional.of("transforms[1].mask"),
                Rejection.of("wrong_type", FieldPath.parse("device.id"), "needs text, has number"),
                attempts,
                failedAt,
                original);
    }
}
