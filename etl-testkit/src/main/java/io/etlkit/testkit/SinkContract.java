package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine relies on in every {@link Sink}. A plugin's test extends it, says how to open the sink and how to look at
 * what it wrote, and inherits the tests. Each test starts with an empty target.
 */
@Timeout(60)
public abstract class SinkContract {
    /** For subclasses. */
    protected SinkContract() {}

    /** Opens a sink over the test's own, empty target; the contract closes it. */
    protected abstract Sink open(TestContext context);

    /** The body of a record that the sink takes, as JSON text; each number gives another one. */
    protected abstract String body(int number);

    /** How many rows the target holds, as somebody else sees it: not through the sink, nor its connection. */
    protected abstract long stored();

    /** Whether a message that is delivered again is written once; a sink of which this is false is at-least-once. */
    protected boolean knowsDuplicates() {
        return true;
    }

    /** The body of a record that the sink can never take, as JSON text; empty when it takes everything. */
    protected Optional<String> refusedBody() {
        return Optional.empty();
    }

    /** Whether several rows of one delivery can be written; a sink of which this is false refuses such a delivery by name. */
    protected boolean takesSplitMessages() {
        return true;
    }

    @Test
    void hasWrittenWhatItReturns() throws InterruptedException {
        List<EtlRecord> batch = batch(0, 3);
        try (Sink sink = open(TestContext.defaults())) {
            WriteResult result = sink.write(batch);

            assertThat(stored()).isEqualTo(3);
            assertThat(result).isEqualTo(WriteResult.allWritten(deliveries(batch)));
        }
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void writesALargeBatch() throws InterruptedException {
        try (Sink sink = open(TestContext.defaults())) {
            assertThat(sink.write(batch(0, 1000)).written()).hasSize(1000);

            assertThat(stored()).isEqualTo(1000);
        }
    }

    @Test
    void tellsADuplicateInALaterBatch() throws InterruptedException {
        List<EtlRecord> first = batch(0, 2);
        try (Sink sink = open(TestContext.defaults())) {
            sink.write(first);
            List<EtlRecord> second = new ArrayList<>(batch(2, 4));
            first.forEach(record -> second.add(TestRecords.redelivered(record)));
            WriteResult result = sink.write(second);

            assertThat(named(result)).isEqualTo(deliveries(second));
            assertThat(result.duplicate()).hasSize(knowsDuplicates() ? 2 : 0);
            assertThat(stored()).isEqualTo(knowsDuplicates() ? 4 : 6);
        }
    }

    @Test
    void tellsADuplicateOverARestart() throws InterruptedException {
        List<EtlRecord> batch = batch(0, 2);
        try (Sink sink = open(TestContext.defaults())) {
            sink.write(batch);
        }
        try (Sink sink = open(TestContext.defaults())) {
            WriteResult result = sink.write(batch);

            assertThat(result.duplicate()).isEqualTo(knowsDuplicates() ? deliveries(batch) : Set.of());
            assertThat(stored()).isEqualTo(knowsDuplicates() ? 2 : 4);
        }
    }

    @Test
    void writesAMessageOnceThatIsTwiceInABatch() throws InterruptedException {
        EtlRecord record = record(0);
        List<EtlRecord> batch = List.of(record, TestRecords.redelivered(record), record(1));
        try (Sink sink = open(TestContext.defaults())) {
            WriteResult result = sink.write(batch);

            assertThat(named(result)).isEqualTo(deliveries(batch));
            assertThat(stored()).isEqualTo(knowsDuplicates() ? 2 : 3);
        }
    }

    @Test
    void writesAllCopiesOfOneDelivery() throws InterruptedException {
        EtlRecord whole = record(0);
        List<EtlRecord> copies = List.of(
                whole,
                whole.withBody(record(1).body()),
                whole.withBody(record(2).body()));
        try (Sink sink = open(TestContext.defaults())) {
            WriteResult result = sink.write(copies);

            if (takesSplitMessages()) {
                assertThat(result).isEqualTo(WriteResult.allWritten(Set.of(whole.delivery())));
            } else {
                assertThat(result.rejected()).containsOnlyKeys(whole.delivery());
            }
            assertThat(stored()).isEqualTo(takesSplitMessages() ? 3 : 0);
        }
    }

    @Test
    void writesNothingOfWhatItRefuses() throws InterruptedException {
        Optional<String> body = refusedBody();
        assumeTrue(body.isPresent(), "the sink takes everything");
        EtlRecord refused = TestRecords.json("refused", body.orElseThrow());
        List<EtlRecord> batch = new ArrayList<>(batch(0, 2));
        batch.add(refused);
        try (Sink sink = open(TestContext.defaults())) {
            int rows = rowsAfter(sink, batch, refused);

            assertThat(stored()).isEqualTo(rows);
            assertThat(sink.write(batch(2, 3)).written()).hasSize(1);
            assertThat(stored()).isEqualTo(rows + 1);
        }
    }

    @Test
    void writesNothingOfAGroupPastARecordThatItRefuses() throws InterruptedException {
        Optional<String> body = refusedBody();
        assumeTrue(body.isPresent(), "the sink takes everything");
        EtlRecord refused = TestRecords.json("refused", body.orElseThrow());
        List<EtlRecord> batch = Stream.of(record(0), refused, record(1))
                .map(record ->
                        record.withHeader("groupId", Value.of("group")).withHeader("sequenceNumber", Value.of("1")))
                .toList();
        try (Sink sink = open(TestContext.defaults())) {
            assertThatThrownBy(() -> sink.write(batch)).isInstanceOf(RejectedException.class);

            assertThat(stored()).isZero();
        }
    }

    /** Either form is good: the whole batch refused with nothing written, or the bad record refused by name. */
    private static int rowsAfter(Sink sink, List<EtlRecord> batch, EtlRecord refused) throws InterruptedException {
        try {
            WriteResult result = sink.write(batch);
            assertThat(result.rejected()).containsOnlyKeys(refused.delivery());
            assertThat(named(result)).isEqualTo(deliveries(batch));
            RecordContent.assertAbsent(refused, result.rejected().toString());
            return batch.size() - 1;
        } catch (RejectedException whole) {
            RecordContent.assertAbsent(refused, whole.toString());
            assertThat(whole).hasNoCause();
            return 0;
        }
    }

    @Test
    void letsLanesWriteAtOnce() throws InterruptedException, ExecutionException {
        int lanes = 4;
        int batches = 10;
        int records = lanes * batches * 10;
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<Integer>> written = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                written.add(threads.submit(writer(lane, lanes, batches)));
            }
            int total = 0;
            for (Future<Integer> one : written) {
                total += one.get();
            }
            assertThat(total).isEqualTo(records);
        } finally {
            threads.shutdownNow();
        }
        assertThat(stored()).isEqualTo(records);
    }

    private Callable<Integer> writer(int lane, int lanes, int batches) {
        return () -> {
            int written = 0;
            try (Sink sink = open(TestContext.defaults().withLane(lane, lanes))) {
                for (int batch = 0; batch < batches; batch++) {
                    int from = (lane * batches + batch) * 10;
                    written += sink.write(batch(from, from + 10)).written().size();
                }
            }
            return written;
        };
    }

    @Test
    void writesAMessageOnceThatTwoLanesGotAtOnce() throws InterruptedException, ExecutionException {
        List<EtlRecord> batch = batch(0, 50);
        List<EtlRecord> again =
                new ArrayList<>(batch.stream().map(TestRecords::redelivered).toList());
        Collections.reverse(again);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Sink one = open(TestContext.defaults().withLane(0, 2));
                Sink other = open(TestContext.defaults().withLane(1, 2))) {
            Future<WriteResult> first = threads.submit(() -> one.write(batch));
            Future<WriteResult> second = threads.submit(() -> other.write(again));

            assertThat(named(first.get())).isEqualTo(deliveries(batch));
            assertThat(named(second.get())).isEqualTo(deliveries(again));
        } finally {
            threads.shutdownNow();
        }
        assertThat(stored()).isEqualTo(knowsDuplicates() ? 50 : 100);
    }

    @Test
    void mayBeClosedFromAnotherThreadAndTwice() throws InterruptedException {
        Sink sink = open(TestContext.defaults());
        sink.write(batch(0, 1));
        Thread closer = new Thread(sink::close, "etl-test-closer");
        closer.setDaemon(true);
        closer.start();
        closer.join(20_000);
        assertThat(closer.isAlive()).isFalse();

        sink.close();

        assertThat(stored()).isEqualTo(1);
    }

    private List<EtlRecord> batch(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::record).toList();
    }

    private EtlRecord record(int number) {
        return TestRecords.json("message-" + number, body(number));
    }

    private static Set<DeliveryId> deliveries(List<EtlRecord> batch) {
        return batch.stream().map(EtlRecord::delivery).collect(Collectors.toSet());
    }

    private static Set<DeliveryId> named(WriteResult result) {
        List<DeliveryId> named = new ArrayList<>(result.written());
        named.addAll(result.duplicate());
        named.addAll(Map.copyOf(result.rejected()).keySet());
        assertThat(named).doesNotHaveDuplicates();
        return Set.copyOf(named);
    }
}
