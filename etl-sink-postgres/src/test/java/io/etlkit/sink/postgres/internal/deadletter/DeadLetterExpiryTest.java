package io.etlkit.sink.postgres.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.sink.postgres.PostgresDeadLetterConfig;
import io.etlkit.sink.postgres.PostgresDeadLetterConfigBuilder;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.internal.schema.TableName;
import io.etlkit.testkit.ManualClock;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DeadLetterExpiryTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);

    @Test
    void deletesAtStartOnlyOldDeadLettersOfThisPipeline(TestDatabase database) {
        open(database, Optional.empty(), 0).close();
        fill(database, "logins", 1200, "100 days");
        fill(database, "logins", 7, "89 days");
        fill(database, "other", 3, "100 days");
        try (DeadLetterSink sink = open(database, Optional.of(Duration.ofDays(90)), 0)) {
            assertThat(sink).isNotNull();
            await("the old ones are gone").until(() -> database.count("etl_dead_letters") == 10);
        }
    }

    @Test
    void keepsDeadLettersThatWereRejectedAgainRecently(TestDatabase database) throws InterruptedException {
        open(database, Optional.empty(), 0).close();
        fill(database, "logins", 2, "100 days");
        database.execute("UPDATE etl_dead_letters SET failed_at = timestamptz '" + NOW + "' WHERE message_id = '1'");
        try (DeadLetterExpiry expiry = expiry(database, Duration.ofDays(1))) {
            assertThat(expiry).isNotNull();
            await("the old one is gone").until(() -> database.count("etl_dead_letters") == 1);
        }
        assertThat(database.column("SELECT message_id FROM etl_dead_letters")).containsExactly("1");
    }

    @Test
    void deletesAgainAfterEachInterval(TestDatabase database) {
        open(database, Optional.empty(), 0).close();
        try (DeadLetterExpiry expiry = expiry(database, Duration.ofMillis(20))) {
            assertThat(expiry).isNotNull();
            fill(database, "logins", 5, "89 days");
            clock.advance(Duration.ofDays(2));
            await("they have become old").until(() -> database.count("etl_dead_letters") == 0);
        }
    }

    @Test
    void withoutRetentionAndOnOtherLanesThereIsNoThread(TestDatabase database) {
        try (DeadLetterSink forEver = open(database, "unwatched", Optional.empty(), 0);
                DeadLetterSink secondLane = open(database, "unwatched", Optional.of(Duration.ofDays(90)), 1)) {
            assertThat(forEver).isNotNull();
            assertThat(secondLane).isNotNull();
            assertThat(expiryThreads("unwatched")).isZero();
        }
    }

    @Test
    void closingEndsTheThread(TestDatabase database) {
        DeadLetterSink sink = open(database, "closing", Optional.of(Duration.ofDays(90)), 0);
        assertThat(expiryThreads("closing")).isEqualTo(1);
        sink.close();
        assertThat(expiryThreads("closing")).isZero();
    }

    @Test
    void aRetentionThatIsTooShortIsRefused(TestDatabase database) {
        assertThatThrownBy(() -> open(database, Optional.of(Duration.ofMinutes(59)), 0))
                .hasMessage("retention: must be at least 1h, and is 59m");
    }

    private static long expiryThreads(String pipeline) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("etl-" + pipeline + "-dead-letter-expiry"))
                .count();
    }

    private DeadLetterSink open(TestDatabase database, Optional<Duration> retention, int lane) {
        return open(database, "logins", retention, lane);
    }

    private DeadLetterSink open(TestDatabase database, String pipeline, Optional<Duration> retention, int lane) {
        PostgresDeadLetterConfigBuilder config = PostgresFixtures.deadLettersBuilder(database);
        retention.ifPresent(config::retention);
        return new PostgresDeadLetterSinkFactory()
                .create(config.build(), context().withPipeline(pipeline).withLane(lane, 2));
    }

    private DeadLetterExpiry expiry(TestDatabase database, Duration interval) {
        PostgresDeadLetterConfig config = PostgresFixtures.deadLetters(database, "etl_dead_letters");
        return DeadLetterExpiry.start(
                PostgresFixtures.connector(config, context()),
                new DeadLetterTable(TableName.parse(config.table())),
                Duration.ofDays(90),
                context(),
                interval);
    }

    private TestContext context() {
        return TestContext.defaults().withPipeline("logins").withClock(clock);
    }

    private static void fill(TestDatabase database, String pipeline, int letters, String age) {
        database.execute(
                "INSERT INTO etl_dead_letters SELECT '" + pipeline + "', n::text, t, 'decode', NULL, 'r', NULL,"
                        + " 'm', 1, t, t, 'omitted', NULL FROM generate_series(1, " + letters + ") n,"
                        + " (SELECT timestamptz '" + NOW + "' - interval '" + age + "' AS t) times");
    }
}
