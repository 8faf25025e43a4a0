package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.drills.proxy.Trap;
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

/** SIGTERM at moments at which a pipeline waits for others. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(240)
class SignalIT {
    private static final int SIGTERM = 128 + 15;
    private static final int MESSAGES = 20;

    private final Logins logins = Logins.good(MESSAGES);

    @TempDir
    Path folder;

    @Test
    void inALongPollTheProcessEndsCleanlyWithinThePoll(TestDatabase database) throws Exception {
        Duration poll = Duration.ofSeconds(4);
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30));
                EtlProcess process = site.start(MESSAGES, "--set", "source.sqs.waitTime=4s")) {
            site.awaitPolling();
            site.send(logins);
            await("the queue is empty")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.queue().deleted() == MESSAGES);
            site.awaitPolling();
            long asked = System.nanoTime();
            process.terminate();

            assertThat(process.exitCode()).as(process.err()).isEqualTo(SIGTERM);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(poll.plusSeconds(10));
            assertThat(process.out()).contains("\"received\":20,").contains("\"written\":20,");
            Books.assertBalanced(site, logins, process.out(), process.err());
        }
    }

    @Test
    void whileTheQueueIsAwayAtTheStartTheProcessEndsCleanly(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30))) {
            site.toQueue().refuse();
            site.send(logins);
            try (EtlProcess process = site.start(MESSAGES)) {
                await().atMost(Site.PATIENCE)
                        .untilAsserted(() -> assertThat(process.err()).contains("holding: "));
                process.terminate();

                assertThat(process.exitCode()).as(process.err()).isEqualTo(SIGTERM);
                assertThat(process.out()).contains("\"received\":0,");
                assertThat(site.queue().received()).isZero();
            }
            site.toQueue().restore();
            try (EtlProcess second = site.startUntilIdle()) {
                assertThat(second.exitCode()).as(second.err()).isZero();
                Books.assertBalanced(site, logins, second.out(), second.err());
            }
        }
    }

    @Test
    void whenTheDrainRunsOutOfTimeTheProcessEndsWithOneAndLosesNothing(TestDatabase database) throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(5));
                EtlProcess process = site.start(MESSAGES, "--drain=1s")) {
            site.awaitPolling();
            Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_SERVER);
            site.send(logins);
            inserting.await();
            process.terminate();

            assertThat(process.exitCode()).as(process.err()).isEqualTo(1);
            assertThat(process.out()).contains("\"written\":0,").contains("\"released\":20,");
            site.toDatabase().cut();
            site.toDatabase().restore();
            assertThat(site.rows()).isZero();
            try (EtlProcess second = site.startUntilIdle()) {
                assertThat(second.exitCode()).as(second.err()).isZero();
                Books.assertBalanced(site, logins, process.out(), process.err(), second.out(), second.err());
            }
        }
    }
}
