package io.etlkit.source.sqs.internal.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.source.sqs.internal.client.FakeSqsApi;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.SqsApi.EntryFailure;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchSenderTest {
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private final FakeSqsApi api = new FakeSqsApi();
    private final ManualScheduler timer = new ManualScheduler();
    private final List<String> done = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<SqsCallException> fatal = new ArrayList<>();

    private final BatchSender calls = new BatchSender(
            "delete",
            timer,
            entries -> api.delete(
                    entries.stream().map(entry -> entry.message().receipt()).toList()),
            new BatchSender.Listener() {
                @Override
                public void done(List<MessageRequest> entries, long sent) {
                    entries.forEach(entry -> done.add(entry.message().receipt()));
                }

                @Override
                public void stale(MessageRequest entry) {
                    stale.add(entry.message().receipt());
                }

                @Override
                public void failed(MessageRequest entry) {
                    failed.add(entry.message().receipt());
                }

                @Override
                public void fatal(SqsCallException failure) {
                    fatal.add(failure);
                }
            });

    private void submit(int from, int to) {
        calls.submit(IntStream.range(from, to)
                .mapToObj(number -> new MessageRequest(
                        InFlightMessage.received(
                                new DeliveryId("r" + number), timer.nanos(), timer.nanos() + VISIBILITY.toNanos(), 1),
                        0,
                        timer.nanos()))
                .toList());
    }

    @Test
    void sendsTenAtOnceAndTheRestAfterFiftyMilliseconds() {
        submit(0, 13);
        assertThat(api.deletes).as("nothing is sent on the caller's thread").isEmpty();

        timer.run();
        assertThat(api.deletes).hasSize(1);
        assertThat(api.deletes.get(0)).hasSize(10);
        timer.advance(Duration.ofMillis(49));
        assertThat(api.deletes).hasSize(1);
        timer.advance(Duration.ofMillis(1));
        assertThat(api.deletes).hasSize(2);
        assertThat(api.deletes.get(1)).containsExactly("r10", "r11", "r12");
        assertThat(done).hasSize(13);
        assertThat(calls.unfinished()).isZero();
    }

    @Test
    void waitsForMoreToFillABatchButNotLongerThanTheOldestMay() {
        submit(0, 3);
        timer.advance(Duration.ofMillis(40));
        submit(3, 6);
        timer.advance(Duration.ofMillis(10));

        assertThat(api.deletes).hasSize(1);
        assertThat(api.deletes.get(0)).hasSize(6);
    }

    @Test
    void lingersNoMoreWhenInAHurry() {
        submit(0, 3);
        calls.flush();
        timer.run();
        submit(3, 4);
        timer.run();

        assertThat(api.deletes).hasSize(2);
    }

    @Test
    void hasNoMoreThan32RequestsUnderWay() {
        for (int request = 0; request < 40; request++) {
            api.nextBatchAnswers.add(new CompletableFuture<>());
        }
        List<CompletableFuture<List<EntryFailure>>> answers = List.copyOf(api.nextBatchAnswers);
        submit(0, 400);
        timer.run();
        assertThat(api.deletes).hasSize(32);

        answers.get(5).complete(List.of());
        assertThat(api.deletes).hasSize(33);
        answers.forEach(answer -> answer.complete(List.of()));
        assertThat(done).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void sendsAgainOnlyTheEntriesThatFailedAndAreNotTheSendersFault() {
        api.nextBatchFails(
                new EntryFailure(2, "InternalError", false),
                new EntryFailure(4, "ReceiptHandleIsInvalid", true),
                new EntryFailure(6, "UnsupportedOperation", true));
        submit(0, 10);
        timer.run();

        assertThat(done).containsExactly("r0", "r1", "r3", "r5", "r7", "r8", "r9");
        assertThat(stale).containsExactly("r4");
        assertThat(failed).containsExactly("r6");
        assertThat(calls.unfinished()).isEqualTo(1);

        timer.advance(Duration.ofMillis(200));
        assertThat(api.deletes).hasSize(2);
        assertThat(api.deletes.get(1)).containsExactly("r2");
        assertThat(done).contains("r2");
        assertThat(calls.unfinished()).isZero();
    }

    @Test
    void sendsAllAgainWhenTheRequestFailed() {
        api.nextBatchFails(Kind.TRANSIENT);
        api.nextBatchFails(Kind.CREDENTIALS);
        submit(0, 10);
        timer.advance(Duration.ofSeconds(1));

        assertThat(api.deletes).hasSizeGreaterThanOrEqualTo(3);
        assertThat(done).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatFailsIsSentAgainAsABatch() {
        for (int failure = 0; failure < 6; failure++) {
            api.nextBatchFails(Kind.THROTTLED);
        }
        submit(0, 10);
        timer.advance(Duration.ofSeconds(20));

        assertThat(api.deletes).hasSize(7).allSatisfy(batch -> assertThat(batch).hasSize(10));
        assertThat(done).hasSize(10);
    }

    @Test
    void triesOnceMoreShortlyBeforeTheMessageIsShownAgain() {
        long deadline = timer.nanos() + VISIBILITY.toNanos();
        List<CompletableFuture<List<EntryFailure>>> unanswered =
                List.of(new CompletableFuture<>(), new CompletableFuture<>());
        api.nextBatchAnswers.addAll(unanswered);
        submit(0, 10);
        timer.run();
        timer.advance(VISIBILITY.minusMillis(150));
        unanswered.get(0).completeExceptionally(new SqsCallException(Kind.TRANSIENT, "late"));
        timer.advance(Duration.ofMillis(75));

        assertThat(api.deletes).hasSize(2);
        assertThat(timer.nanos()).isLessThan(deadline);
    }

    @Test
    void givesUpWhenTheMessageIsShownAgain() {
        for (int failure = 0; failure < 100; failure++) {
            api.nextBatchFails(Kind.TRANSIENT);
        }
        submit(0, 10);
        timer.advance(VISIBILITY);

        assertThat(failed).hasSize(10);
        assertThat(done).isEmpty();
        assertThat(calls.unfinished()).isZero();
    }

    @Test
    void tellsThatAccessIsDeniedAndTriesNoMore() {
        api.nextBatchFails(Kind.ACCESS_DENIED);
        submit(0, 10);
        timer.advance(Duration.ofSeconds(10));

        assertThat(api.deletes).hasSize(1);
        assertThat(fatal).hasSize(1);
        assertThat(failed).hasSize(10);
    }

    @Test
    void waitsForWhatIsUnfinished() throws InterruptedException {
        CompletableFuture<List<EntryFailure>> answer = new CompletableFuture<>();
        api.nextBatchAnswers.add(answer);
        submit(0, 10);
        timer.run();
        assertThat(calls.awaitFinished(timer.nanos())).isFalse();

        answer.complete(List.of());
        assertThat(calls.awaitFinished(timer.nanos())).isTrue();
    }
}
