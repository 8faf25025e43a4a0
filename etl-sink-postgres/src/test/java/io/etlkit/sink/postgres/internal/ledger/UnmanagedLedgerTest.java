package io.etlkit.sink.postgres.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Sink;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.sink.postgres.internal.schema.TableName;
import io.etlkit.testkit.ManualClock;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** {@code ledger: { manage: false }}: the user may write, but not create anything. */
@ExtendWith(PostgresExtension.class)
class UnmanagedLedgerTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private TestDatabase database;
    private String user;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        user = database.name() + "_u";
        database.execute("CREATE TABLE target (n integer); CREATE USER " + user
                + " PASSWORD 'p'; GRANT INSERT ON target TO " + user);
    }

    @AfterEach
    void dropUser() {
        database.execute("DROP OWNED BY " + user + "; DROP USER " + user);
    }

    @Test
    void withoutTheRightToCreateTheMessageSaysWhatToDo() {
        assertThatThrownBy(() -> open(true))
                .isInstanceOf(StartupException.class)
                .hasNoCause()
                .hasMessage(
                        "cannot create the ledger public.etl_ledger: permission denied for schema public (SQLSTATE"
                                + " 42501); grant the right, or have somebody else create the ledger and set ledger: { manage: false }");
    }

    @Test
    void printsAllMissingStatementsAndWorksOnceTheyWereRun() throws InterruptedException {
        StartupException thrown = catchThrowableOfType(StartupException.class, () -> open(false));
        assertThat(thrown).hasMessage("""
                        the ledger public.etl_ledger does not exist, and ledger.manage is false: have somebody run:
                          CREATE TABLE "public"."etl_ledger" (sent_at timestamptz NOT NULL, pipeline text COLLATE "C" NOT NULL, \
                        id text COLLATE "C" NOT NULL, PRIMARY KEY (sent_at, pipeline, id)) PARTITION BY RANGE (sent_at);
                          COMMENT ON TABLE "public"."etl_ledger" IS 'etlkit ledger, version 1: the messages that have been written, \
                        one row each';
                          CREATE TABLE "public"."etl_ledger_20260301" (LIKE "public"."etl_ledger" INCLUDING ALL);
                          COMMENT ON TABLE "public"."etl_ledger_20260301" IS 'etlkit ledger, made on 20260301';
                          ALTER TABLE "public"."etl_ledger" ATTACH PARTITION "public"."etl_ledger_20260301" FOR VALUES FROM \
                        ('2026-03-01 00:00:00+00') TO ('2026-03-02 00:00:00+00');
                          CREATE TABLE "public"."etl_ledger_20260302" (LIKE "public"."etl_ledger" INCLUDING ALL);
                          COMMENT ON TABLE "public"."etl_ledger_20260302" IS 'etlkit ledger, made on 20260301';
                          ALTER TABLE "public"."etl_ledger" ATTACH PARTITION "public"."etl_ledger_20260302" FOR VALUES FROM \
                        ('2026-03-02 00:00:00+00') TO ('2026-03-03 00:00:00+00');
                          CREATE TABLE "public"."etl_ledger_20260303" (LIKE "public"."etl_ledger" INCLUDING ALL);
                          COMMENT ON TABLE "public"."etl_ledger_20260303" IS 'etlkit ledger, made on 20260301';
                          ALTER TABLE "public"."etl_ledger" ATTACH PARTITION "public"."etl_ledger_20260303" FOR VALUES FROM \
                        ('2026-03-03 00:00:00+00') TO ('2026-03-04 00:00:00+00');
                          GRANT INSERT, SELECT ON "public"."etl_ledger" TO "USER";""".replace("USER", user));
        String message = String.valueOf(thrown.getMessage());
        assertThat(database.column("SELECT to_regclass('etl_ledger')")).containsExactly("null");

        database.execute(message.substring(message.indexOf('\n')));
        try (Sink sink = open(false)) {
            EtlRecord record = sent("one", "2026-03-01T12:00:00Z");
            assertThat(sink.write(List.of(record)).written()).hasSize(1);
            assertThat(sink.write(List.of(TestRecords.redelivered(record))).duplicate())
                    .hasSize(1);
        }
    }

    @Test
    void retriesAMessageOfADayWithoutPartitionAndNamesTheDay() throws InterruptedException {
        makeLedger();
        partition("march", "2026-03-01", "2026-04-01");
        try (Sink sink = open(false)) {
            List<EtlRecord> batch =
                    List.of(sent("new", "2026-03-01T12:00:00Z"), sent("old", "2026-02-28T23:59:59.999Z"));
            String ddl =
                    "CREATE TABLE \"public\".\"etl_ledger_20260228\" (LIKE \"public\".\"etl_ledger\" INCLUDING ALL);"
                            + " COMMENT ON TABLE \"public\".\"etl_ledger_20260228\" IS 'etlkit ledger, made on 20260301'; ALTER TABLE"
                            + " \"public\".\"etl_ledger\" ATTACH PARTITION \"public\".\"etl_ledger_20260228\" FOR VALUES FROM"
                            + " ('2026-02-28 00:00:00+00') TO ('2026-03-01 00:00:00+00')";
            assertThatThrownBy(() -> sink.write(batch))
                    .isInstanceOf(TransientException.class)
                    .hasMessage(
                            "the ledger public.etl_ledger has no partition for messages sent on 2026-02-28, and ledger.manage is false: have somebody run: "
                                    + ddl + "; the batch is retried");

            database.execute(ddl);
            assertThat(sink.write(batch).written()).hasSize(2);
        }
    }

    /** A redelivery that the partition's key refuses is a duplicate, whatever the partition's name is. */
    @Test
    void takesPartitionsOfAnyNameAndSize() throws InterruptedException {
        makeLedger();
        partition("march", "2026-03-01", "2026-04-01");
        writeTwice();
    }

    @Test
    void takesATableWithoutPartitions() throws InterruptedException {
        database.execute(
                "CREATE TABLE etl_ledger (sent_at timestamptz NOT NULL, pipeline text NOT NULL, id text NOT NULL,"
                        + " PRIMARY KEY (id, pipeline, sent_at)); GRANT INSERT, SELECT ON etl_ledger TO " + user);
        writeTwice();
    }

    private void writeTwice() throws InterruptedException {
        EtlRecord record = sent("one", "2026-03-01T12:00:00Z");
        EtlRecord other = sent("other", "2026-03-01T12:00:00Z");
        try (Sink sink = open(false)) {
            sink.write(List.of(record));
            EtlRecord again = TestRecords.redelivered(record);
            WriteResult result = sink.write(List.of(again, other));

            assertThat(result.duplicate()).containsExactly(again.delivery());
            assertThat(result.written()).containsExactly(other.delivery());
        }
        assertThat(database.count("target")).isEqualTo(2);
    }

    @Test
    void startsWithTodaysPartitionAndWarnsAboutTheComingDays() throws InterruptedException {
        makeLedger();
        partition("today", "2026-03-01", "2026-03-03");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(UnmanagedPartitions.class);
        log.start();
        logger.addAppender(log);
        try (Sink sink = open(false)) {
            assertThat(warnings(log)).hasSize(1);
            assertThat(warnings(log).get(0))
                    .startsWith("the ledger public.etl_ledger lacks partitions")
                    .contains("etl_ledger_20260303")
                    .doesNotContain("etl_ledger_20260302");

            clock.advance(Duration.ofDays(1));
            sink.write(List.of(sent("one", "2026-03-02T12:00:00Z")));
            await().untilAsserted(() -> assertThat(warnings(log)).hasSize(2));
            assertThat(warnings(log).get(1)).contains("etl_ledger_20260303", "etl_ledger_20260304");
        } finally {
            logger.detachAppender(log);
        }
    }

    private static List<String> warnings(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void makeLedger() {
        database.execute(String.join(
                ";", LedgerDdl.beside(TableName.parse("public.target")).create()));
        database.execute("GRANT INSERT, SELECT ON etl_ledger TO " + user);
    }

    private void partition(String name, String from, String to) {
        database.execute("CREATE TABLE " + name + " PARTITION OF etl_ledger FOR VALUES FROM ('" + from
                + " 00:00+00') TO ('" + to + " 00:00+00')");
    }

    private Sink open(boolean manage) {
        PostgresSinkConfig config = PostgresFixtures.config(
                database, "target", Map.of("user", user, "password", "p", "ledger", Map.of("manage", manage)));
        return new PostgresSinkFactory()
                .create(config, TestContext.defaults().withClock(clock).withFields("n"));
    }

    private static EtlRecord sent(String id, String at) {
        EtlRecord record = TestRecords.json(id, "{\"n\":1}");
        return new EtlRecord(new DeliveryId(id), new RecordKey(id, Instant.parse(at)), record.body(), record.headers());
    }
}
