package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the table while a pipeline writes to it. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ChangedTableIT {
    private static final Duration VISIBILITY = Duration.ofSeconds(20);
    private static final int MESSAGES = 30;

    private static final String COLUMNS = "(user_id varchar(128), device_type varchar(32), masked_ip varchar(256),"
            + " masked_device_id varchar(256), locale varchar(32), app_version varchar(32), create_date date)";

    private final Logins logins = Logins.good(MESSAGES);
    private final Logins later = Logins.more("late", MESSAGES);

    @TempDir
    Path folder;

    private void sendAndAwait(Site site, Logins sent) {
        site.send(sent);
        await("they are written")
                .atMost(Site.PATIENCE)
                .until(() -> site.rows() == sent.good().size());
    }

    @Test
    void aColumnThatIsAddedKeepsItsDefault(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            sendAndAwait(site, logins);
            database.execute("ALTER TABLE user_logins ADD COLUMN source text NOT NULL DEFAULT 'etl'");
            site.send(later);

            RunReport report = drill.finish(logins.and(later));
            assertThat(report.written()).isEqualTo(2 * MESSAGES);
            assertThat(database.column("SELECT DISTINCT source FROM user_logins"))
                    .containsExactly("etl");
        }
    }

    @Test
    void aColumnWhoseTypeIsChangedIsWrittenOn(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            sendAndAwait(site, logins);
            database.execute("ALTER TABLE user_logins ALTER COLUMN masked_ip TYPE text,"
                    + " ALTER COLUMN device_type TYPE char(40)");
            site.send(later);

            RunReport report = drill.finish(logins.and(later));
            assertThat(report.written()).isEqualTo(2 * MESSAGES);
        }
    }

    @Test
    void aDeclaredColumnOfAnotherTypeIsWaitedForUntilItIsBack(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            database.execute("ALTER TABLE user_logins ALTER COLUMN app_version TYPE integer USING NULL");
            site.send(logins);
            drill.awaitState(State.HOLDING);
            assertThat(site.deadLetters()).isZero();
            database.execute("ALTER TABLE user_logins ALTER COLUMN app_version TYPE varchar(32)");

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
        }
    }

    @Test
    void aColumnThatIsDroppedIsWaitedForUntilItIsAddedAgain(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                LogOfEngine log = new LogOfEngine();
                InJvmDrill drill = InJvmDrill.start(site)) {
            sendAndAwait(site, logins);
            database.execute("ALTER TABLE user_logins DROP COLUMN locale");
            site.send(later);
            drill.awaitState(State.HOLDING);
            await("it is told")
                    .atMost(Site.PATIENCE)
                    .until(() -> !log.lines("holding: ").isEmpty());
            assertThat(log.lines("holding: ").get(0)).contains("locale");
            assertThat(site.rows()).isEqualTo(MESSAGES);
            database.execute("ALTER TABLE user_logins ADD COLUMN locale varchar(32)");

            RunReport report = drill.finish(logins.and(later));
            assertThat(report.written()).isEqualTo(2 * MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aTableThatIsDroppedIsWaitedForUntilItIsMadeAgain(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            database.execute("DROP TABLE user_logins");
            site.send(logins);
            drill.awaitState(State.HOLDING);
            database.execute("CREATE TABLE user_logins " + COLUMNS);

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aPartitionThatIsMissingIsWaitedForAndNoDeadLetter(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY)) {
            database.execute("DROP TABLE user_logins;"
                    + " CREATE TABLE user_logins " + COLUMNS + " PARTITION BY LIST (device_type);"
                    + " CREATE TABLE logins_of_ios PARTITION OF user_logins FOR VALUES IN ('iOS')");
            try (InJvmDrill drill = InJvmDrill.start(site)) {
                site.send(logins);
                drill.awaitState(State.HOLDING);
                assertThat(site.deadLetters()).isZero();
                database.execute("CREATE TABLE logins_of_android PARTITION OF user_logins FOR VALUES IN ('android')");

                RunReport report = drill.finish(logins);
                assertThat(report.written()).isEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void whenTheTableRefusesEveryRowThePipelineStopsAndKeepsNoDeadLetter(TestDatabase database) throws Exception {
        Logins many = Logins.good(250);
        try (Site site = Site.open(folder, database, Duration.ofSeconds(3))) {
            database.execute("ALTER TABLE user_logins ADD CONSTRAINT nobody CHECK (user_id = 'nobody')");
            try (InJvmDrill drill = InJvmDrill.start(
                    site,
                    LoginPipeline.on(site)
                            .batch(BatchConfig.builder()
                                    .maxRecords(250)
                                    .maxWait(Duration.ofSeconds(10))
                                    .build()))) {
                site.send(many);
                RunReport report = drill.run().await();

                assertThat(report.failure())
                        .hasValueSatisfying(failure -> assertThat(failure).contains("check_violation"));
                assertThat(report.released()).isEqualTo(report.received()).isPositive();
            }
            assertThat(site.rows()).isZero();
            assertThat(site.deadLetters()).isZero();
            assertThat(site.queued()).isEqualTo(250);
            database.execute("ALTER TABLE user_logins DROP CONSTRAINT nobody");
            try (InJvmDrill second = InJvmDrill.start(site)) {
                second.finish(many);
            }
        }
    }
}
