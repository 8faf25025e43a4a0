package io.etlkit.source.sqs.internal.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.source.sqs.internal.client.FakeSqsApi;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi.VisibilityChange;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import io.etlkit.source.sqs.internal.inflight.InFlightMessages;
import io.etlkit.testkit.RecordedMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration VISIBILITY = Duration.ofSeconds(100);

    private final FakeSqsApi api = new FakeSqsApi();
    private final ManualScheduler timer = new ManualScheduler();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final InFlightMessages inFlight = new InFlightMessages(VISIBILITY);
    private final Heartbeat extender = new Heartbeat(api, inFlight, timer, metrics, VISIBILITY);

    private DeliveryId receive(String receipt) {
        DeliveryId delivery = new DeliveryId(receipt);
        inFlight.add(
                List.of(InFlightMessage.received(delivery, timer.nanos(), inFlight.deadlineFrom(timer.nanos()), 1)));
        return delivery;
    }

    @Test
    void hidesForLongerWhatIsStillHereAtHalfLife() {
        extender.start();
        receive("a");
        DeliveryId settled = receive("settled");
        timer.advance(Duration.ofSeconds(30));
        receive("b");
        assertThat(inFlight.take(Set.of(settled), timer.nanos())).hasSize(1);
        assertThat(api.changes).isEmpty();

        timer.advance(Duration.ofSeconds(21));
        assertThat(api.changes).containsExactly(List.of(new VisibilityChange("a", 100)));
        timer.advance(Duration.ofSeconds(30));
        assertThat(api.changes).hasSize(2);
        assertThat(api.changes.get(1)).containsExactly(new VisibilityChange("b", 100));
        assertThat(metrics.counted("sqs.heartbeats")).isEqualTo(2);
    }

    @Test
    void goesOnForAsLongAsAMessageIsHeld() {
        extender.start();
        receive("a");
        timer.advance(Duration.ofMinutes(10));

        assertThat(api.changes).hasSizeBetween(9, 15);
    }

    @Test
    void triesAgainWhenItFailed() {
        extender.start();
        receive("a");
        api.nextBatchFails(Kind.TRANSIENT);
        timer.advance(Duration.ofSeconds(55));

        assertThat(api.changes).hasSize(2);
        assertThat(metrics.counted("sqs.heartbeats")).isEqualTo(1);
    }

    @Test
    void endsAtTwelveHours() {
        extender.start();
        receive("a");
        timer.advance(Duration.ofHours(11));
        int most = api.changes.size();
        timer.advance(Duration.ofHours(3));

        assertThat(api.changes.size()).isGreaterThan(most);
        List<VisibilityChange> last = api.changes.get(api.changes.size() - 1);
        assertThat(last.get(0).seconds()).isLessThanOrEqualTo(100);
        int total = api.changes.size();
        timer.advance(Duration.ofHours(1));
        assertThat(api.changes).hasSize(total);
    }

    @Test
    void looksNoMoreOnceItIsStopped() {
        extender.start();
        receive("a");
        extender.stop();
        timer.advance(Duration.ofMinutes(10));

        assertThat(api.changes).isEmpty();
    }

    @Test
    void countsAReceiptThatIsNoLongerGood() {
        extender.start();
        receive("a");
        api.nextBatchFails(new SqsApi.EntryFailure(0, "ReceiptHandleIsInvalid", true));
        timer.advance(VISIBILITY.multipliedBy(2));

        assertThat(metrics.counted("sqs.receipts.stale")).isEqualTo(1);
        assertThat(api.changes).hasSize(1);
    }
}
