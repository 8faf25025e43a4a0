package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.drills.proxy.Trap;
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

/** What a network does to a pipeline's connections to queue and database. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class LostConnectionIT {
    private static final Duration VISIBILITY = Duration.ofSeconds(20);
    private static final int MESSAGES = 60;

    private final Logins logins = Logins.good(MESSAGES);

    @TempDir
    Path folder;

    @Test
    void whenTheAnswerToACommitIsLostTheBatchIsWrittenAgainAndFoundInTheLedger(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            Trap inserting = site.toDatabase().swallowWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_CLIENT);
            site.send(logins);
            inserting.await();
            await("the batch is committed").atMost(Site.PATIENCE).until(() -> site.rows() > 0);
            site.toDatabase().cut();

            RunReport report = drill.finish(logins);
            assertThat(report.duplicate()).isPositive();
            assertThat(report.written() + report.duplicate()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aRequestThatIsCutInTheMiddleIsSentAgain(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            long before = site.toDatabase().accepted();
            site.toDatabase().cutAfter(Direction.TO_SERVER, 1000);
            site.send(logins);

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.toDatabase().accepted()).isGreaterThan(before);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aSilentServerIsGivenUpAfterTheSocketTimeoutAndTheBatchHeld(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            long before = site.toDatabase().accepted();
            site.toDatabase().hold(Direction.TO_CLIENT);
            site.send(logins);
            drill.awaitState(State.HOLDING);
            await("another connection is tried")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.toDatabase().accepted() > before);
            assertThat(site.queue().deleted()).isZero();
            site.toDatabase().restore();

            drill.finish(logins);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aHalfClosedConnectionIsReplaced(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            long before = site.toDatabase().accepted();
            Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_CLIENT);
            site.send(logins);
            inserting.await();
            site.toDatabase().halfClose(Direction.TO_CLIENT);

            RunReport report = drill.finish(logins);
            assertThat(report.written() + report.duplicate()).isEqualTo(MESSAGES);
            assertThat(site.toDatabase().accepted()).isGreaterThan(before);
        }
    }

    @Test
    void aSlowNetworkOnlyTakesLonger(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site)) {
            for (Direction direction : Direction.values()) {
                site.toDatabase().delay(direction, Duration.ofMillis(100));
                site.toQueue().delay(direction, Duration.ofMillis(100));
            }
            site.send(logins);

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(report.duplicate()).isZero();
        }
    }

    @Test
    void whenConnectionsToTheQueueAreCutNothingIsLost(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(3));
                InJvmDrill drill = InJvmDrill.start(site)) {
            Trap deleting = site.toQueue().cutWhen(Direction.TO_SERVER, "AmazonSQS.DeleteMessageBatch");
            Trap receiving = site.toQueue().cutWhen(Direction.TO_CLIENT, "ReceiptHandle");
            site.send(logins);
            deleting.await();
            receiving.await();

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
        }
    }

    @Test
    void aBackendTerminatedWithinAWriteIsReplaced(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, VISIBILITY);
                InJvmDrill drill = InJvmDrill.start(site, LoginPipeline.waitingForLocks(site));
                SessionInTheWay session = SessionInTheWay.lock(database)) {
            site.send(logins);
            long backend = session.awaitBlocked();
            assertThat(database.column("SELECT pg_terminate_backend(" + backend + ")"))
                    .containsExactly("true");
            session.rollBack();

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }
}
