package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine relies on in every {@link Source}. A plugin's test extends it, says how to open the source and how to fill
 * what it reads from, and inherits the tests. Each test starts with nothing to read.
 */
@Timeout(60)
public abstract class SourceContract {
    private static final Duration WAIT = Duration.ofSeconds(2);

    private static final Duration SHORT_WAIT = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For subclasses. */
    protected SourceContract() {}

    /** Opens a source over the test's own, empty place; the contract closes it. */
    protected abstract Source open(TestContext context);

    /** Puts messages where the source reads. */
    protected abstract void send(List<String> bodies);

    /** How many messages are still there, in flight or not, as the remote side counts, not the source. */
    protected abstract long left();

    @Test
    void pollsEveryMessageOnceAndAsItWasSent() throws InterruptedException {
        List<String> bodies = new ArrayList<>(List.of(
                "{\"a\":1}",
                "{\"name\":\"ü 日本 \uD83D\uDE00\"}",
                "not json {",
                "\"quoted\" & <tagged>",
                " spaced\n\ttext "));
        IntStream.range(0, 20).forEach(number -> bodies.add("{\"number\":" + number + "}"));
        send(bodies);
        try (Source source = open(TestContext.defaults())) {
            List<EtlRecord> records = poll(source, bodies.size());

            assertThat(records).allSatisfy(record -> assertThat(record.body()).isInstanceOf(TextValue.class));
            assertThat(records)
                    .extracting(record -> ((TextValue) record.body()).value())
                    .containsExactlyInAnyOrderElementsOf(bodies);
            assertThat(records).extracting(EtlRecord::delivery).doesNotHaveDuplicates();
            assertThat(records).extracting(EtlRecord::key).doesNotHaveDuplicates();
            assertThat(source.poll(10, SHORT_WAIT)).isEmpty();
            settleAll(source, records);
        }
    }

    @Test
    void handsOverNoMoreThanItIsAskedFor() throws InterruptedException {
        send(IntStream.range(0, 7).mapToObj(Integer::toString).toList());
        try (Source source = open(TestContext.defaults())) {
            List<EtlRecord> records = new ArrayList<>();
            long deadline = deadline();
            while (records.size() < 7 && System.nanoTime() < deadline) {
                List<EtlRecord> some = source.poll(2, WAIT);
                assertThat(some).hasSizeLessThanOrEqualTo(2);
                records.addAll(some);
            }
            assertThat(records).hasSize(7);
            settleAll(source, records);
        }
    }

    @Test
    void comesBackEmptyHandedWhenThereIsNothing() throws InterruptedException {
        try (Source source = open(TestContext.defaults())) {
            long started = System.nanoTime();

            assertThat(source.poll(10, SHORT_WAIT)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void forgetsWhatIsDone() throws InterruptedException {
        send(List.of("a", "b", "c"));
        try (Source source = open(TestContext.defaults())) {
            settleAll(source, poll(source, 3));

            await("nothing is left").until(() -> left() == 0);
        }
    }

    @Test
    void deliversAgainWhatWasReleased() throws InterruptedException {
        send(List.of("again"));
        try (Source source = open(TestContext.defaults())) {
            EtlRecord first = poll(source, 1).get(0);
            source.settle(released(first, Duration.ZERO));
            EtlRecord second = poll(source, 1).get(0);

            assertThat(second.key()).isEqualTo(first.key());
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.delivery()).isNotEqualTo(first.delivery());
            receiveCount(first)
                    .ifPresent(count ->
                            assertThat(receiveCount(second).orElseThrow()).isGreaterThan(count));
            settleAll(source, List.of(second));
            await("nothing is left").until(() -> left() == 0);
        }
    }

    @Test
    void holdsBackWhatWasReleasedWithADelay() throws InterruptedException {
        send(List.of("later"));
        try (Source source = open(TestContext.defaults())) {
            EtlRecord first = poll(source, 1).get(0);
            long released = System.nanoTime();
            source.settle(released(first, Duration.ofSeconds(2)));
            EtlRecord second = poll(source, 1).get(0);

            // a remote side that counts in whole seconds may be up to one early
            assertThat(Duration.ofNanos(System.nanoTime() - released)).isGreaterThan(Duration.ofMillis(900));
            assertThat(second.key()).isEqualTo(first.key());
            settleAll(source, List.of(second));
        }
    }

    @Test
    void isDrainedWhenAllIsSettledAndNotBefore() throws InterruptedException {
        send(List.of("a", "b"));
        try (Source source = open(TestContext.defaults().withUntilIdle(Duration.ofSeconds(1)))) {
            List<EtlRecord> records = poll(source, 2);
            assertThat(source.drained()).isFalse();

            settleAll(source, records.subList(0, 1));
            assertThat(source.drained()).isFalse();

            settleAll(source, records.subList(1, 2));
            await("the source says that it is drained").until(source::drained);
        }
    }

    @Test
    void finishesSettlingBeforeItIsClosed() throws InterruptedException {
        send(IntStream.range(0, 25).mapToObj(Integer::toString).toList());
        try (Source source = open(TestContext.defaults())) {
            settleAll(source, poll(source, 25));
        }
        assertThat(left()).isZero();
    }

    @Test
    void keepsWhatIsNotSettled() throws InterruptedException {
        send(List.of("a", "b"));
        try (Source source = open(TestContext.defaults())) {
            List<EtlRecord> records = poll(source, 2);
            settleAll(source, records.subList(0, 1));
        }
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void endsAPollWhenItIsClosedFromAnotherThread() throws InterruptedException {
        Source source = open(TestContext.defaults());
        Thread lane = new Thread(() -> pollUntilClosed(source), "etl-test-lane");
        lane.setDaemon(true);
        lane.start();
        await("the lane is polling").until(() -> lane.getState() != Thread.State.RUNNABLE);

        source.close();

        lane.join(PATIENCE.toMillis());
        assertThat(lane.isAlive()).isFalse();
    }

    /** Whatever a closed source does then, it must not go on waiting. */
    private static void pollUntilClosed(Source source) {
        try {
            source.poll(10, Duration.ofMinutes(5));
        } catch (RuntimeException closed) {
            // as good an end as an empty answer
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Polls until so many records are there, or patience ends. */
    private static List<EtlRecord> poll(Source source, int count) throws InterruptedException {
        List<EtlRecord> records = new ArrayList<>();
        long deadline = deadline();
        while (records.size() < count && System.nanoTime() < deadline) {
            records.addAll(source.poll(count - records.size(), WAIT));
        }
        assertThat(records).hasSize(count);
        return records;
    }

    private static long deadline() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private static void settleAll(Source source, List<EtlRecord> records) throws InterruptedException {
        Set<DeliveryId> done = records.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
        source.settle(new Settlement(done, Map.of()));
    }

    private static Settlement released(EtlRecord record, Duration delay) {
        Map<DeliveryId, Duration> released = new HashMap<>();
        released.put(record.delivery(), delay);
        return new Settlement(Set.of(), released);
    }

    private static Optional<Long> receiveCount(EtlRecord record) {
        Optional<Value> header = Optional.ofNullable(record.headers().get("receiveCount"));
        return header.map(value -> ((NumberValue) value).value().longValueExact());
    }
}
