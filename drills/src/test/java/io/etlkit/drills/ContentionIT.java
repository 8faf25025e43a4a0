package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Others' transactions are in the way of a pipeline's. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ContentionIT {
    private static final Duration VISIBILITY = Duration.ofSeconds(20);
    private static final int MESSAGES = 30;

    private final Logins logins = Logins.good(MESSAGES);

    @TempDir
    Path folder;

    @Test
    void aTableThatIsLockedIsTriedAgainUntilItIsFree(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                LogOfEngine log = new LogOfEngine();
                InJvmDrill drill = InJvmDrill.start(site);
                SessionInTheWay session = SessionInTheWay.lock(database)) {
            site.send(logins);
            drill.awaitState(State.HOLDING);
            await("it is told")
                    .atMost(Site.PATIENCE)
                    .until(() -> !log.lines("holding: ").isEmpty());
            assertThat(log.lines("holding: ").get(0)).contains("55P03");
            session.rollBack();

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void theVictimOfADeadlockWritesAgain(TestDatabase database) throws Exception {
        // The pipeline's session looks for a deadlock in time, and the other one never does: the pipeline is the
        // victim.
        database.execute("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '3s'");
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site, LoginPipeline.waitingForLocks(site));
                SessionInTheWay session = SessionInTheWay.begin(database)) {
            session.execute("SET LOCAL deadlock_timeout = '1h'; LOCK TABLE etl_ledger");
            site.send(logins);
            session.awaitBlocked();
            session.execute("LOCK TABLE user_logins");
            await("there was a deadlock")
                    .atMost(Site.PATIENCE)
                    .until(() -> database.column(
                                    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                            .equals(List.of("1")));
            session.commit();

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aSerializationFailureIsTriedAgainAndNoDeadLetter(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY)) {
            database.execute(
                    "CREATE SEQUENCE tries; CREATE FUNCTION fail_thrice() RETURNS trigger LANGUAGE plpgsql AS $$"
                            + " BEGIN IF nextval('tries') <= 3 THEN RAISE EXCEPTION USING ERRCODE = '40001'; END IF;"
                            + " RETURN NEW; END $$; CREATE TRIGGER failing BEFORE INSERT ON user_logins"
                            + " FOR EACH ROW EXECUTE FUNCTION fail_thrice()");
            try (InJvmDrill drill = InJvmDrill.start(site)) {
                site.send(logins);

                RunReport report = drill.finish(logins);
                assertThat(report.written()).isEqualTo(MESSAGES);
                assertThat(database.column("SELECT last_value FROM tries"))
                        .containsExactly(Integer.toString(MESSAGES + 3));
            }
        }
    }
}
