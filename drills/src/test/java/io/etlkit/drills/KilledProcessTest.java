package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TcpProxy.Direction;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.Trap;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) at a named point; a second one then finishes the work. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class KilledProcessTest {
    private static final Duration VISIBILITY = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void beforeTheCommit(TestDatabase database) throws Exception {
        Logins logins = Logins.good(50);
        try (Site site = Site.open(folder, database, VISIBILITY);
                EtlProcess first = site.start()) {
            Trap inserting = site.toDatabase()
                    .holdWhen(Direction.TO_SERVER, logins.good().get(0), Direction.TO_SERVER);
            site.send(logins);
            inserting.await();
            assertThat(site.rows()).isZero();
            first.kill();
            site.toDatabase().cut();
            site.toDatabase().restore();

            finish(site, logins, first);
        }
    }

    /** Lets a second process come to the end of the queue, and closes the books. */
    private static void finish(Site site, Logins logins, EtlProcess killed) throws InterruptedException {
        Books.assertNothingLost(site);
        try (EtlProcess second = site.start("--until-idle=1s")) {
            assertThat(second.exitCode()).as(second.err()).isZero();
            Books.assertBalanced(site, logins, killed.out(), killed.err(), second.out(), second.err());
        }
    }
}
