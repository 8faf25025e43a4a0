package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Settlement;
import io.etlkit.source.sqs.internal.client.Endpoint;
import io.etlkit.source.sqs.internal.client.ErrorMessages;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.QueueAddress;
import io.etlkit.source.sqs.internal.client.QueueRole;
import io.etlkit.source.sqs.internal.client.SqsApi.EntryFailure;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.testkit.ManualClock;
import io.etlkit.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What is held for long stays hidden, and what is not is left alone; hours pass on a timer that the test turns. */
class LongHeldMessagesTest {
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private final ManualScheduler timer = new ManualScheduler();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final TestContext context = TestContext.defaults().withClock(clock).withDrainTimeout(Duration.ZERO);
    private final VisibilityBook queue = new VisibilityBook(timer, VISIBILITY);
    private final SqsSource source = source();

    private SqsSource source() {
        SqsSource made = new SqsSource(
                queue,
                timer,
                () -> {},
                new ErrorMessages(
                        QueueAddress.parse("logins"),
                        new Endpoint(Region.US_EAST_1, Optional.empty()),
                        QueueRole.SOURCE),
                new SourceLimits(1000, Long.MAX_VALUE, 1, Duration.ofSeconds(7)),
                VISIBILITY,
                context);
        made.start();
        return made;
    }

    private Set<DeliveryId> received(int count) throws InterruptedException {
        queue.deliver(count);
        List<EtlRecord> records = source.poll(count, Duration.ZERO);
        assertThat(records).hasSize(count);
        return records.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
    }

    private void settle(Set<DeliveryId> done) {
        source.settle(new Settlement(done, Map.of()));
        timer.advance(Duration.ofMillis(50));
    }

    private void assertNothingLapsesFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(1)) {
            timer.advance(Duration.ofSeconds(1));
            assertThat(queue.lapsed()).as("after %s", passed).isEmpty();
        }
    }

    @Test
    void nothingIsHiddenAnewWhileMessagesAreDoneInTime() throws InterruptedException {
        for (int batch = 0; batch < 2_000; batch++) {
            timer.advance(Duration.ofSeconds(7));
            Set<DeliveryId> records = received(10);
            timer.advance(Duration.ofSeconds(2));
            settle(records);
        }

        assertThat(queue.calls()).isZero();
        assertThat(queue.lapsed()).isEmpty();
        assertThat(context.metrics().counted("sqs.heartbeats")).isZero();
        assertThat(context.metrics().counted("sqs.deletes")).isEqualTo(20_000);
    }

    @Test
    void whatIsHeldIsNeverShownAgain() throws InterruptedException {
        Set<DeliveryId> records = received(10);
        assertNothingLapsesFor(VISIBILITY.multipliedBy(40));

        settle(records);

        assertThat(queue.lapsed()).isEmpty();
        assertThat(context.metrics().counted("sqs.heartbeats"))
                .as("each at half its time, seen within a tenth")
                .isBetween(660L, 800L);
        assertThat(context.metrics().counted("sqs.receipts.stale")).isZero();
    }

    @Test
    void whatIsHeldIsNeverShownAgainWhileChangesAreThrottledForAWhile() throws InterruptedException {
        Set<DeliveryId> records = received(10);
        queue.failing(call -> {
            if (call % 6 < 5) {
                throw new SqsCallException(Kind.THROTTLED, "throttled");
            }
            return List.of();
        });

        assertNothingLapsesFor(VISIBILITY.multipliedBy(40));

        settle(records);
        assertThat(queue.lapsed()).isEmpty();
        assertThat(context.metrics().counted("sqs.heartbeats.failed")).isZero();
    }

    @Test
    void whatIsHeldIsNeverShownAgainWhileHalfOfEachChangeFails() throws InterruptedException {
        Set<DeliveryId> records = received(10);
        queue.failing(call -> call % 3 == 2
                ? List.of()
                : List.of(
                        new EntryFailure(0, "InternalError", false),
                        new EntryFailure(2, "InternalError", false),
                        new EntryFailure(4, "InternalError", false)));

        assertNothingLapsesFor(VISIBILITY.multipliedBy(40));

        settle(records);
        assertThat(queue.lapsed()).isEmpty();
    }

    @Test
    void anOutageAlmostAsLongAsTheRestOfTheTimeIsOutlived() throws InterruptedException {
        Set<DeliveryId> records = received(10);
        long start = timer.nanos();
        queue.failing(call -> {
            if (timer.nanos() - start < VISIBILITY.toNanos() * 95 / 100) {
                throw new SqsCallException(Kind.TRANSIENT, "away");
            }
            return List.of();
        });

        assertNothingLapsesFor(VISIBILITY.multipliedBy(2));
        settle(records);
    }

    @Test
    void nothingIsHiddenForMoreThanTwelveHoursAfterItsReceipt() throws InterruptedException {
        received(10);
        assertNothingLapsesFor(Duration.ofHours(12).minusSeconds(2));
        timer.advance(Duration.ofSeconds(3));

        assertThat(queue.lapsed()).as("SQS allows no more").hasSize(10);
        long calls = queue.calls();
        timer.advance(Duration.ofHours(1));
        assertThat(queue.calls()).as("so it is not asked again").isEqualTo(calls);
        assertThat(context.metrics().counted("sqs.receipts.stale"))
                .as("and never was asked in vain")
                .isZero();
    }

    @Test
    void aWallClockThatJumpsMovesNoDeadline() throws InterruptedException {
        queue.deliver(10);
        clock.advance(Duration.ofDays(400));
        List<EtlRecord> records = source.poll(10, Duration.ZERO);
        assertThat(records).as("still in time").hasSize(10);
        timer.advance(Duration.ofSeconds(14));
        assertThat(queue.calls()).as("not yet at half its time").isZero();

        clock.advance(Duration.ofDays(-800));
        assertNothingLapsesFor(VISIBILITY.multipliedBy(3));

        assertThat(queue.changed()).isBetween(50L, 80L);
        settle(records.stream().map(EtlRecord::delivery).collect(Collectors.toSet()));
        assertThat(context.metrics().counted("sqs.lapsed")).isZero();
        assertThat(context.metrics().counted("sqs.deletes")).isEqualTo(10);
    }
}
