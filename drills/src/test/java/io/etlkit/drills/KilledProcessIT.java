package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.drills.proxy.Trap;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) at a named point; a second one then finishes the work. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(240)
class KilledProcessIT {
    private static final int MESSAGES = 50;

    /** What a killed process held is there again after this. */
    private static final Duration VISIBILITY = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void beforeTheCommitNothingIsWrittenAndAllComesAgain(TestDatabase database) throws Exception {
        Logins logins = Logins.good(MESSAGES);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_SERVER);
            site.send(logins);
            inserting.await();
            assertThat(site.rows()).isZero();
            kill(first, site);

            assertThat(site.rows()).isZero();
            assertThat(site.queued()).isEqualTo(MESSAGES);
            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"written\":50,").contains("\"duplicate\":0,");
        }
    }

    @Test
    void afterTheCommitAndBeforeItsAnswerTheLedgerKnowsAll(TestDatabase database) throws Exception {
        Logins logins = Logins.good(MESSAGES);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_CLIENT);
            site.send(logins);
            inserting.await();
            await("the batch is committed").atMost(Site.PATIENCE).until(() -> site.rows() == MESSAGES);
            assertThat(site.faults().calls(SqsAction.DELETE_MESSAGE_BATCH)).isZero();
            kill(first, site);

            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"written\":0,").contains("\"duplicate\":50,");
        }
    }

    @Test
    void afterTheCommitAndBeforeTheDeleteTheLedgerKnowsAll(TestDatabase database) throws Exception {
        Logins logins = Logins.good(MESSAGES);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            site.faults().refuse(SqsAction.DELETE_MESSAGE_BATCH);
            site.send(logins);
            await("deletes are tried")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.faults().calls(SqsAction.DELETE_MESSAGE_BATCH) > 0);
            assertThat(site.rows()).isEqualTo(MESSAGES);
            assertThat(site.queue().deleted()).isZero();
            kill(first, site);
            site.faults().clear();

            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"written\":0,").contains("\"duplicate\":50,");
        }
    }

    @Test
    void betweenTheDeletesOfABatchTheRestIsKnownToBeWritten(TestDatabase database) throws Exception {
        Logins logins = Logins.good(MESSAGES);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            site.faults()
                    .set((action, call) -> action == SqsAction.DELETE_MESSAGE_BATCH && call >= 2
                            ? SteeredFaults.REFUSAL
                            : SteeredFaults.NONE);
            site.send(logins);
            await("some deletes are done, others refused")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.faults().calls(SqsAction.DELETE_MESSAGE_BATCH) >= MESSAGES / 10);
            kill(first, site);
            site.faults().clear();

            long deleted = site.queue().deleted();
            assertThat(deleted).isBetween(2L, 20L);
            assertThat(site.rows()).isEqualTo(MESSAGES);
            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"written\":0,").contains("\"duplicate\":" + (MESSAGES - deleted) + ",");
        }
    }

    @Test
    void beforeADeadLettersCommitItIsWrittenByTheNext(TestDatabase database) throws Exception {
        Logins logins = Logins.withBad(MESSAGES - 5, 5);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            Trap refusing = site.toDatabase().holdWhen(Direction.TO_SERVER, "missing_field", Direction.TO_SERVER);
            site.send(logins);
            refusing.await();
            assertThat(site.deadLetters()).isZero();
            await("the good ones are settled")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.queue().deleted() == MESSAGES - 5);
            kill(first, site);

            assertThat(site.deadLetters()).isZero();
            assertThat(site.queued()).isEqualTo(5);
            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"received\":5,").contains("\"deadLettered\":5,");
        }
    }

    @Test
    void afterADeadLettersCommitItIsReplacedByTheNextAndNotDoubled(TestDatabase database) throws Exception {
        Logins logins = Logins.withBad(MESSAGES - 5, 5);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start(MESSAGES)) {
            site.awaitPolling();
            Trap committing = site.toDatabase().holdWhen(Direction.TO_CLIENT, "COMMIT", Direction.TO_CLIENT);
            site.send(logins);
            committing.await();
            await("the dead letters are committed").atMost(Site.PATIENCE).until(() -> site.deadLetters() == 5);
            await("the good ones are settled")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.queue().deleted() == MESSAGES - 5);
            kill(first, site);

            assertThat(site.queued()).isEqualTo(5);
            String summary = finish(site, logins, first);
            assertThat(summary).contains("\"received\":5,").contains("\"deadLettered\":5,");
            assertThat(database.column("SELECT max(attempts) FROM etl_dead_letters"))
                    .containsExactly("2");
        }
    }

    /** Nothing that it sent and that is held gets through after its end. */
    private static void kill(EtlProcess process, Site site) throws InterruptedException {
        assertThat(process.isAlive()).as(process.err()).isTrue();
        process.kill();
        site.toDatabase().cut();
        site.toDatabase().restore();
    }

    /** Lets a second process come to the end of the queue, and closes the books; returns what it printed. */
    private static String finish(Site site, Logins logins, EtlProcess killed) throws InterruptedException {
        Books.assertNothingLost(site);
        try (EtlProcess second = site.startUntilIdle()) {
            assertThat(second.exitCode()).as(second.err()).isZero();
            Books.assertBalanced(site, logins, killed.out(), killed.err(), second.out(), second.err());
            return second.out();
        }
    }
}
