package io.etlkit.source.sqs.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Settlement;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.internal.client.Endpoint;
import io.etlkit.source.sqs.internal.client.ErrorMessages;
import io.etlkit.source.sqs.internal.client.FakeSqsApi;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.QueueAddress;
import io.etlkit.source.sqs.internal.client.QueueRole;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsApi.VisibilityChange;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class SqsSourceTest {
    private static final Duration VISIBILITY = Duration.ofMinutes(2);

    private final FakeSqsApi api = new FakeSqsApi();
    private final ManualScheduler timer = new ManualScheduler();
    private final TestContext context = TestContext.defaults();
    private final SqsSource source = source(context);

    private SqsSource source(TestContext with) {
        SqsSource made = new SqsSource(
                api,
                timer,
                () -> {},
                new ErrorMessages(
                        QueueAddress.parse("logins"),
                        new Endpoint(Region.US_EAST_1, Optional.empty()),
                        QueueRole.SOURCE),
                new SourceLimits(1000, Long.MAX_VALUE, 64, Duration.ofSeconds(20)),
                VISIBILITY,
                with);
        made.start();
        return made;
    }

    /** A source that waits for nothing when it is closed; the other one's receive is out of the way. */
    private SqsSource hurriedSource() {
        api.receives.clear();
        return source(context.withDrainTimeout(Duration.ZERO));
    }

    private List<EtlRecord> received(int count) throws InterruptedException {
        api.answer(api.messages(count));
        return source.poll(count, Duration.ZERO);
    }

    private static Set<DeliveryId> deliveries(List<EtlRecord> records) {
        return records.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
    }

    @Test
    void handsOverWhatWasReceivedAndDeletesWhatIsDone() throws InterruptedException {
        List<EtlRecord> records = received(10);
        assertThat(records).hasSize(10);
        assertThat(context.metrics().gauged("sqs.inflight")).isEqualTo(30);

        source.settle(new Settlement(deliveries(records), Map.of()));
        timer.run();

        assertThat(api.deletes).hasSize(1);
        assertThat(api.deletes.get(0)).hasSize(10);
        assertThat(context.metrics().counted("sqs.deletes")).isEqualTo(10);
        assertThat(context.metrics().gauged("sqs.inflight"))
                .as("two receives are open, each with room for ten")
                .isEqualTo(20);
    }

    @Test
    void releasesWithTheDelayInWholeSecondsRoundedUp() throws InterruptedException {
        List<EtlRecord> records = received(4);
        source.settle(new Settlement(
                Set.of(),
                Map.of(
                        records.get(0).delivery(), Duration.ZERO,
                        records.get(1).delivery(), Duration.ofNanos(1),
                        records.get(2).delivery(), Duration.ofMillis(1500),
                        records.get(3).delivery(), Duration.ofDays(1))));
        timer.advance(Duration.ofMillis(50));

        assertThat(api.changes.get(0)).extracting(VisibilityChange::seconds).containsExactlyInAnyOrder(0, 1, 2, 43_199);
        assertThat(context.metrics().counted("sqs.released")).isEqualTo(4);
    }

    @Test
    void settlesWhatAnotherProcessReceived() {
        source.settle(new Settlement(Set.of(new DeliveryId("from-before-the-restart")), Map.of()));
        timer.advance(Duration.ofMillis(50));

        assertThat(api.deletes).containsExactly(List.of("from-before-the-restart"));
        assertThat(context.metrics().gauged("sqs.inflight"))
                .as("it held no permit")
                .isEqualTo(10);
    }

    @Test
    void doesNotHandOverWhatHasLapsed() throws InterruptedException {
        api.nextBatchFails(new SqsApi.EntryFailure(0, "MessageNotInflight", true));
        api.answer(api.messages(1));
        timer.advance(VISIBILITY);

        assertThat(source.poll(10, Duration.ZERO)).isEmpty();
        assertThat(context.metrics().counted("sqs.lapsed")).isEqualTo(1);
        assertThat(context.metrics().gauged("sqs.inflight"))
                .as("only the open receive")
                .isEqualTo(10);
    }

    @Test
    void tellsOfAFailureOnlyWhenThereIsNothingToHandOver() throws InterruptedException {
        api.answer(api.messages(10));
        api.fail(Kind.TRANSIENT);
        api.fail(Kind.TRANSIENT);
        timer.advance(Duration.ofMillis(100));
        api.fail(Kind.TRANSIENT);

        assertThat(source.poll(100, Duration.ZERO)).hasSize(10);
        assertThatThrownBy(() -> source.poll(100, Duration.ZERO))
                .isInstanceOf(TransientException.class)
                .hasMessage("SQS queue logins in us-east-1: ReceiveMessage failed: TRANSIENT");
    }

    @Test
    void failsForGoodWhenDeletesAreDenied() throws InterruptedException {
        List<EtlRecord> records = received(10);
        api.nextBatchFails(Kind.ACCESS_DENIED);
        source.settle(new Settlement(deliveries(records), Map.of()));
        timer.run();

        String message =
                "no access to the SQS queue logins in us-east-1 (the batch failed: ACCESS_DENIED); these credentials"
                        + " need sqs:GetQueueUrl, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:DeleteMessage and"
                        + " sqs:ChangeMessageVisibility on it, and kms:Decrypt when it is encrypted with a key of yours";
        assertThatThrownBy(() -> source.poll(10, Duration.ZERO))
                .isInstanceOf(StartupException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> source.settle(new Settlement(Set.of(), Map.of())))
                .isInstanceOf(StartupException.class);
    }

    @Test
    void isDrainedWhenTheQueueIsEmptyTwice() throws InterruptedException {
        List<EtlRecord> records = received(1);
        assertThat(source.drained()).isFalse();
        source.settle(new Settlement(deliveries(records), Map.of()));
        assertThat(source.drained()).as("its delete is not confirmed").isFalse();
        timer.advance(Duration.ofMillis(50));

        assertThat(source.drained()).isFalse();
        assertThat(source.drained()).as("too soon to ask again").isFalse();
        timer.advance(Duration.ofMillis(250));
        assertThat(source.drained()).isTrue();
    }

    @Test
    void isNotDrainedWhileTheQueueHoldsSomething() {
        for (long messages : new long[] {0, 3, 0, 0}) {
            api.nextCounts.add(messages);
        }

        for (boolean drained : new boolean[] {false, false, false, true}) {
            assertThat(source.drained()).isEqualTo(drained);
            timer.advance(Duration.ofMillis(250));
        }
    }

    @Test
    void givesBackWhatWasNotPolledWhenItIsClosed() {
        SqsSource closing = hurriedSource();
        api.answer(api.messages(2));

        closing.close();
        timer.run();

        assertThat(api.changes)
                .containsExactly(List.of(new VisibilityChange("receipt-1", 0), new VisibilityChange("receipt-2", 0)));
        assertThat(api.closed).isTrue();
    }

    @Test
    void givesBackWhatAReceiveBringsAfterItIsClosed() throws InterruptedException {
        SqsSource closing = hurriedSource();
        closing.close();

        api.answer(api.messages(2));
        timer.run();

        assertThat(api.changes)
                .containsExactly(List.of(new VisibilityChange("receipt-1", 0), new VisibilityChange("receipt-2", 0)));
        assertThat(closing.poll(10, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void tellsThatDeletesWereNotConfirmed() throws InterruptedException {
        SqsSource closing = hurriedSource();
        api.answer(api.messages(5));
        List<EtlRecord> records = closing.poll(10, Duration.ZERO);
        closing.settle(new Settlement(deliveries(records), Map.of()));

        assertThatThrownBy(closing::close)
                .isInstanceOf(TransientException.class)
                .hasMessage(
                        "SQS queue logins in us-east-1: 5 deletes were not confirmed within the drain timeout of 0 s;"
                                + " these messages will be delivered again");
        closing.close();
    }

    @Test
    void takesNoSettlementOnceItIsClosed() {
        SqsSource closed = hurriedSource();
        closed.close();

        assertThatThrownBy(() -> closed.settle(new Settlement(Set.of(new DeliveryId("late")), Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }
}
