package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BisectingTest extends PipelineFixture {
    private void refuseBatchesWith(Set<DeliveryId> bad) {
        sink.before = batch -> refuse(bad, batch);
    }

    private static void refuse(Set<DeliveryId> bad, List<EtlRecord> batch) {
        if (batch.stream().anyMatch(record -> bad.contains(record.delivery()))) {
            throw new RejectedException("too_long", FieldPath.parse("name"), "does not fit varchar(8)");
        }
    }

    private static Set<DeliveryId> someOf(int count, int of) {
        return someOf(count, of, new Random(42));
    }

    private static Set<DeliveryId> someOf(int count, int of, Random random) {
        Set<DeliveryId> some = new HashSet<>();
        while (some.size() < count) {
            some.add(new DeliveryId("d" + (1 + random.nextInt(of))));
        }
        return some;
    }

    @Test
    void theBadOnesAreFoundInAboutKLogNWritesAndTheGoodOnesLand() throws Exception {
        int n = 1000;
        int k = 5;
        Set<DeliveryId> bad = someOf(k, n);
        refuseBatchesWith(bad);
        source.addNumbered(n);
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(n - k);
        assertThat(sink.rows).hasSize(n - k);
        assertThat(deadLetters.letters)
                .extracting(letter -> "d" + letter.key().id().substring(1))
                .containsExactlyInAnyOrderElementsOf(
                        bad.stream().map(DeliveryId::value).toList());
        assertThat(deadLetters.letters).extracting(DeadLetter::stage).containsOnly(DeadLetter.Stage.SINK);
        // Each bad one costs at most the two halves of each level above it.
        assertThat(sink.writes.get()).isLessThanOrEqualTo(1 + 2 * k * 10);
    }

    @Test
    void itNeverTakesMoreThanTwoWritesForEachHalvingAboveEachBadOne() throws Exception {
        Random seeds = new Random();
        for (int i = 0; i < 200; i++) {
            long seed = Long.getLong("etl.test.seed", seeds.nextLong());
            Random random = new Random(seed);
            int n = 1 + random.nextInt(700);
            int k = random.nextInt(1 + n / (n < 200 ? 1 : 5));
            FakeSource queue = new FakeSource();
            FakeSink table = new FakeSink();
            Set<DeliveryId> bad = someOf(k, n, random);
            table.before = batch -> refuse(bad, batch);
            queue.addNumbered(n);
            RunReport report = run(pipeline()
                    .source(queue.factory(), new FakeSource.Config())
                    .sink(table.factory(), new FakeSink.Config())
                    .onReject(RejectPolicy.DROP)
                    .untilIdle(Duration.ofNanos(1)));

            assertThat(report.dropped()).as("seed %s", seed).isEqualTo(k);
            assertThat(report.written()).as("seed %s", seed).isEqualTo(n - k);
            int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
            assertThat(table.writes.get())
                    .as("writes for %s of %s, seed %s", k, n, seed)
                    .isLessThanOrEqualTo(1 + 2 * k * halvings);
        }
    }

    @Test
    void theRecordsOfOneDeliveryStayTogether() throws Exception {
        Set<DeliveryId> bad = Set.of(new DeliveryId("d3"));
        List<String> torn = new ArrayList<>();
        sink.before = batch -> {
            Set<DeliveryId> deliveries = new HashSet<>();
            batch.forEach(record -> deliveries.add(record.delivery()));
            if (batch.size() != 3 * deliveries.size()) {
                torn.add("a batch of " + batch.size() + " records of " + deliveries.size() + " deliveries");
            }
            if (batch.stream().map(EtlRecord::delivery).anyMatch(bad::contains)) {
                throw new RejectedException("too_long", "does not fit");
            }
        };
        source.addNumbered(7);
        RunReport report = run(pipelineWithDeadLetters()
                .transform(FakeTransform.of(
                                "three",
                                record -> List.of(
                                        record,
                                        FakeTransform.with(record, "copy", Value.of(1)),
                                        FakeTransform.with(record, "copy", Value.of(2))))
                        .step()));

        assertThat(torn).isEmpty();
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(report.written()).isEqualTo(6);
        assertThat(report.rows()).isEqualTo(18);
    }

    @Test
    void moreThanAFifthOfALargeBatchIsAMappingError() throws Exception {
        refuseBatchesWith(someOf(201, 1000));
        source.addNumbered(1000);
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure())
                .contains("sink fake refused more than a fifth of a batch (201 of 1000 so far), mostly for too_long at"
                        + " name. That is a mapping that does not fit the table rather than bad data, so the pipeline stops"
                        + " and keeps none of these as dead letters: compare the pipeline's fields with the table");
        assertThat(deadLetters.letters).isEmpty();
        assertThat(report.written()).isEqualTo(sink.rows.size()).isEqualTo(source.done.size());
        assertThat(report.released()).isEqualTo(1000 - report.written());
        assertThat(source.inFlight).hasSize((int) report.released());
    }

    @Test
    void aFifthOfALargeBatchIsNot() throws Exception {
        refuseBatchesWith(someOf(200, 1000));
        source.addNumbered(1000);
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure()).isEmpty();
        assertThat(report.deadLettered()).isEqualTo(200);
    }

    @Test
    void aSmallBatchMayBeBadThroughAndThrough() throws Exception {
        refuseBatchesWith(someOf(199, 199));
        source.addNumbered(199);
        RunReport report = run(pipelineWithDeadLetters()
                .batch(BatchConfig.builder()
                        .maxRecords(199)
                        .maxWait(Duration.ofSeconds(1))
                        .build()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.deadLettered()).isEqualTo(199);
    }
}
