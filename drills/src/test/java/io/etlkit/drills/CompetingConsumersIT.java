package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.drills.proxy.TcpProxy;
import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.drills.proxy.Trap;
import io.etlkit.json.JsonReader;
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

/** Scaling out: processes that know nothing of each other, on one queue and one table. */
@Tag("drill")
@ExtendWith(PostgresExtension.class)
@Timeout(240)
class CompetingConsumersIT {
    private static final int MESSAGES = 400;
    private static final int BATCH = 20;
    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void whatOneOfThreeHeldWhenItWasKilledIsWrittenByTheOthers(TestDatabase database) throws Exception {
        Logins committed = Logins.good(BATCH);
        Logins others = Logins.more("more", MESSAGES);
        try (Site site = Site.open(folder, database, Duration.ofSeconds(4));
                TcpProxy victimsDoor = TcpProxy.to("127.0.0.1", database.port());
                EtlProcess victim = site.startThrough(victimsDoor, BATCH)) {
            site.awaitPolling();
            // what it commits it does not come to know, so it holds these messages and what it receives from then on
            Trap inserting = victimsDoor.holdWhen(Direction.TO_SERVER, committed.aUser(), Direction.TO_CLIENT);
            site.send(committed);
            inserting.await();
            await("the victim has committed").atMost(Site.PATIENCE).until(() -> site.rows() == BATCH);
            try (EtlProcess second = site.start(BATCH);
                    EtlProcess third = site.start(BATCH)) {
                awaitSources(second, third);
                site.send(others);
                await("the others write").atMost(Site.PATIENCE).until(() -> site.rows() > 2 * BATCH);
                assertThat(site.queue().inFlight()).isGreaterThanOrEqualTo(BATCH);
                victim.kill();
                victimsDoor.cut();
                Books.assertNothingLost(site);

                Logins all = committed.and(others);
                await().atMost(Site.PATIENCE)
                        .untilAsserted(() -> assertThat(site.queue().deleted())
                                .isEqualTo(all.messages().size()));
                second.terminate();
                third.terminate();
                assertThat(second.exitCode()).as(second.err()).isEqualTo(SIGTERM);
                assertThat(third.exitCode()).as(third.err()).isEqualTo(SIGTERM);
                assertThat(count(second, "written")).isPositive();
                assertThat(count(third, "written")).isPositive();
                assertThat(count(second, "written") + count(third, "written")).isEqualTo(MESSAGES);
                assertThat(count(second, "duplicate") + count(third, "duplicate"))
                        .isEqualTo(BATCH);
                Books.assertBalanced(site, all, victim.err(), second.out(), second.err(), third.out(), third.err());
            }
        }
    }

    private static long count(EtlProcess process, String name) {
        Value count =
                ((ObjectValue) JsonReader.read(process.out().strip())).get(name).orElseThrow();
        return ((NumberValue) count).value().longValueExact();
    }

    /** Each tells of the queue's short visibility timeout when its source is there, and polls right after. */
    private static void awaitSources(EtlProcess... processes) {
        for (EtlProcess process : processes) {
            await().atMost(Site.PATIENCE)
                    .untilAsserted(() -> assertThat(process.err()).contains("has a visibility timeout of 4 s"));
        }
    }
}
