package io.etlkit.source.sqs.internal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.source.sqs.internal.client.FakeSqsApi;
import io.etlkit.source.sqs.internal.client.ManualScheduler;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import io.etlkit.source.sqs.internal.inflight.InFlightLimit;
import io.etlkit.testkit.RecordedMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class ReceiveLoopTest {
    private final FakeSqsApi api = new FakeSqsApi();
    private final ManualScheduler timer = new ManualScheduler();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final List<Message> received = new ArrayList<>();
    private final List<SqsCallException> fatal = new ArrayList<>();

    private final ReceiveLoop.Listener answers = new ReceiveLoop.Listener() {
        @Override
        public long received(List<Message> messages, long sent) {
            received.addAll(messages);
            return messages.size();
        }

        @Override
        public void fatal(SqsCallException failure) {
            fatal.add(failure);
        }
    };

    private ReceiveLoop loop(InFlightLimit permits, int maxReceives) {
        ReceiveLoop loop = new ReceiveLoop(api, timer, permits, metrics, answers, Duration.ofSeconds(20), maxReceives);
        loop.sendMore();
        return loop;
    }

    private ReceiveLoop loop() {
        return loop(new InFlightLimit(10_000, Long.MAX_VALUE), 64);
    }

    @Test
    void beginsWithOneScout() {
        loop();

        assertThat(api.receives).hasSize(1);
    }

    @Test
    void opensOneMoreForEachFullAnswerAndClosesOneForEachEmptyOne() {
        ReceiveLoop loop = loop();
        for (int answer = 0; answer < 3; answer++) {
            api.answer(api.messages(10));
        }
        assertThat(loop.open()).isEqualTo(4);

        api.answer(api.messages(5));
        assertThat(loop.open()).as("a part of an answer changes nothing").isEqualTo(4);

        for (int answer = 0; answer < 10; answer++) {
            api.answer(List.of());
        }
        assertThat(loop.open()).isEqualTo(1);
        assertThat(metrics.counted("sqs.receives")).isEqualTo(14);
        assertThat(metrics.counted("sqs.receives.empty")).isEqualTo(10);
    }

    @Test
    void opensNoMoreThanItIsAllowed() {
        ReceiveLoop loop = loop(new InFlightLimit(10_000, Long.MAX_VALUE), 3);
        for (int answer = 0; answer < 20; answer++) {
            api.answer(api.messages(10));
        }

        assertThat(loop.open()).isEqualTo(3);
    }

    @Test
    void receivesNothingWhileThereIsNoRoom() {
        InFlightLimit permits = new InFlightLimit(20, Long.MAX_VALUE);
        ReceiveLoop loop = loop(permits, 64);
        api.answer(api.messages(10));
        api.answer(api.messages(10));
        assertThat(loop.open()).isZero();

        permits.release(9, 0);
        loop.sendMore();
        assertThat(loop.open()).isZero();
        permits.release(1, 0);
        loop.sendMore();
        assertThat(loop.open()).isEqualTo(1);
    }

    @Test
    void pausesAfterAFailureAndGoesOnByItself() {
        ReceiveLoop loop = loop();
        api.fail(Kind.TRANSIENT);

        assertThat(loop.failure()).as("a single one is not reported").isEmpty();
        assertThat(loop.open()).isZero();
        timer.advance(Duration.ofMillis(100));
        assertThat(loop.open()).isEqualTo(1);

        api.fail(Kind.TRANSIENT);
        assertThat(loop.failure()).isPresent();
        timer.advance(Duration.ofMillis(99));
        assertThat(loop.open()).as("the second pause is longer").isZero();
        timer.advance(Duration.ofMillis(101));
        assertThat(loop.open()).isEqualTo(1);

        api.answer(List.of());
        assertThat(loop.failure()).isEmpty();
    }

    @Test
    void opensLessWhenThrottled() {
        ReceiveLoop loop = loop();
        for (int answer = 0; answer < 7; answer++) {
            api.answer(api.messages(10));
        }
        assertThat(loop.open()).isEqualTo(8);
        while (loop.open() > 0) {
            api.fail(Kind.THROTTLED);
        }
        timer.advance(Duration.ofSeconds(1));

        assertThat(loop.open()).isEqualTo(1);
    }

    @Test
    void endsWhenItMayReceiveNoMore() {
        ReceiveLoop loop = loop();
        api.fail(Kind.ACCESS_DENIED);
        timer.advance(Duration.ofMinutes(10));

        assertThat(fatal).extracting(SqsCallException::kind).containsExactly(Kind.ACCESS_DENIED);
        assertThat(loop.open()).isZero();
    }

    @Test
    void leavesAnAnswerThatCanNotBeReadToLapse() {
        ReceiveLoop broken = new ReceiveLoop(
                api,
                timer,
                new InFlightLimit(10, Long.MAX_VALUE),
                metrics,
                new ReceiveLoop.Listener() {
                    @Override
                    public long received(List<Message> messages, long sent) {
                        throw new NumberFormatException("For input string: \"secret\"");
                    }

                    @Override
                    public void fatal(SqsCallException failure) {}
                },
                Duration.ofSeconds(20),
                64);
        broken.sendMore();
        api.answer(api.messages(1));
        timer.advance(Duration.ofSeconds(1));
        api.answer(api.messages(1));

        assertThat(broken.failure().orElseThrow().text())
                .contains("NumberFormatException")
                .doesNotContain("secret");
        timer.advance(Duration.ofSeconds(1));
        assertThat(broken.open()).as("its permits were given back").isEqualTo(1);
    }

    @Test
    void sendsNothingAfterItIsStopped() throws InterruptedException {
        ReceiveLoop loop = loop();
        loop.stop();
        assertThat(loop.awaitResponses(timer.nanos())).isFalse();

        api.answer(api.messages(10));

        assertThat(loop.open()).isZero();
        assertThat(received).as("what was under way is not lost").hasSize(10);
        assertThat(loop.awaitResponses(timer.nanos())).isTrue();
    }
}
