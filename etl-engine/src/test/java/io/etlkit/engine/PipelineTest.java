package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineTest extends PipelineFixture {
    @Test
    void movesEveryRecordAndEndsWhenTheSourceStaysEmpty() throws Exception {
        source.addNumbered(2500);
        RunReport report = run(pipeline().lanes(2));

        assertThat(report.failure()).isEmpty();
        assertThat(report.received()).isEqualTo(2500);
        assertThat(report.written()).isEqualTo(2500);
        assertThat(report.rows()).isEqualTo(2500);
        assertThat(report.duration()).isPositive();
        assertThat(sink.rows).hasSize(2500);
        assertThat(source.done).hasSize(2500);
        assertThat(sink.closed).hasValue(2);
    }

    @Test
    void aBatchIsFullAtItsMostRecords() throws Exception {
        source.addNumbered(25);
        run(pipeline()
                .batch(BatchConfig.builder()
                        .maxRecords(10)
                        .maxWait(Duration.ofSeconds(5))
                        .build())
                .limit(25));

        assertThat(sink.batches).containsExactly(10, 10, 5);
    }

    @Test
    void aBatchIsWrittenWhenItIsOldEnoughEvenIfItIsNotFull() throws Exception {
        source.addNumbered(3);
        PipelineRun run = pipeline()
                .untilIdle(Duration.ofHours(1))
                .batch(BatchConfig.builder()
                        .maxRecords(1000)
                        .maxWait(Duration.ofMillis(5))
                        .build())
                .build()
                .start();

        await("the three are written").until(() -> sink.rows.size() == 3);
        run.close();
        assertThat(run.report().written()).isEqualTo(3);
    }

    @Test
    void aStepMayFilterMapAndSplit() throws Exception {
        source.addNumbered(9);
        RunReport report = run(pipeline()
                .transform(FakeTransform.of("spread", record -> {
                            int n = ((NumberValue) FakeTransform.field(record, "n"))
                                    .value()
                                    .intValue();
                            return switch (n % 3) {
                                case 0 -> List.of();
                                case 1 -> List.of(record);
                                default -> List.of(record, FakeTransform.with(record, "copy", Value.of(true)));
                            };
                        })
                        .step())
                .transform(FakeTransform.of(
                                "mark", record -> List.of(FakeTransform.with(record, "seen", Value.of(true))))
                        .step()));

        assertThat(report.filtered()).isEqualTo(3);
        assertThat(report.written()).isEqualTo(6);
        assertThat(report.rows()).isEqualTo(9);
        assertThat(source.done).hasSize(9);
        assertThat(sink.rows)
                .allSatisfy(row -> assertThat(FieldPath.parse("seen").find(row)).contains(Value.of(true)));
    }

    @Test
    void aRecordThatMissesTheConditionPassesTheStepUnchanged() throws Exception {
        source.addNumbered(4);
        RunReport report = run(pipeline()
                .transform(FakeTransform.of("none", record -> List.of())
                        .step()
                        .when(FakeTransform.when(
                                record -> FakeTransform.field(record, "n").equals(Value.of(BigDecimal.ONE))))));

        assertThat(report.filtered()).isEqualTo(1);
        assertThat(report.written()).isEqualTo(3);
    }

    @Test
    void duplicatesAreCountedAndSettledAsDone() throws Exception {
        source.addNumbered(5);
        sink.ledger.addAll(List.of("m1", "m4"));
        RunReport report = run(pipeline());

        assertThat(report.duplicate()).isEqualTo(2);
        assertThat(report.written()).isEqualTo(3);
        assertThat(report.rows()).isEqualTo(3);
        assertThat(source.done).hasSize(5);
    }

    @Test
    void textIsDecodedToAnObjectWithOneField() throws Exception {
        source.add("hello");
        run(pipeline()
                .decode(DecodeConfig.builder()
                        .format(DecodeConfig.Format.TEXT)
                        .envelope(DecodeConfig.Envelope.NONE)
                        .build()));

        assertThat(sink.rows).containsExactly(Value.of(Map.of("text", Value.of("hello"))));
    }

    @Test
    void neverPollsForMoreThanTheLimit() throws Exception {
        source.addNumbered(500);
        RunReport report = run(pipeline()
                .lanes(3)
                .limit(101)
                .batch(BatchConfig.builder()
                        .maxRecords(10)
                        .maxWait(Duration.ofMillis(1))
                        .build()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.received()).isEqualTo(101);
        assertThat(source.waiting).hasSize(399);
    }

    @Test
    void doesNotEndWhileTheSourceSaysThatSomethingIsLeft() throws Exception {
        source.neverDrained = true;
        PipelineRun run = pipeline().build().start();
        source.addNumbered(1);
        await("the first is written").until(() -> sink.rows.size() == 1);
        int polls = source.asked.size();
        await("it goes on polling").until(() -> source.asked.size() > polls + 20);
        assertThat(run.state()).isEqualTo(PipelineRun.State.RUNNING);

        source.neverDrained = false;
        assertThat(run.await().written()).isEqualTo(1);
        assertThat(run.state()).isEqualTo(PipelineRun.State.ENDED);
    }

    @Test
    void theSinkIsToldWhichFieldsReachIt() throws Exception {
        Set<FieldPath> fields = new LinkedHashSet<>(List.of(FieldPath.parse("b"), FieldPath.parse("a")));
        run(pipeline()
                .transform(new FakeTransform("select", List::of, FieldEffects.only(fields), Optional.empty()).step()));

        assertThat(sink.fields).containsExactly(List.of("b", "a"));
    }

    @Test
    void metricsSayWhatTheReportSays() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        source.addNumbered(7);
        sink.ledger.add("m1");
        run(pipeline().meterRegistry(registry));

        assertThat(registry.get("etl.records")
                        .tags("pipeline", "test", "outcome", "received")
                        .counter()
                        .count())
                .isEqualTo(7);
        assertThat(registry.get("etl.records")
                        .tags("pipeline", "test", "outcome", "written")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(registry.get("etl.records")
                        .tags("pipeline", "test", "outcome", "duplicate")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("etl.rows").counter().count()).isEqualTo(6);
        assertThat(registry.get("etl.batch.size").summary().totalAmount()).isEqualTo(7);
        assertThat(registry.get("etl.write").timer().count()).isPositive();
        assertThat(registry.find("etl.holding").gauge())
                .as("gauges of a run that is over")
                .isNull();
    }

    @Test
    void aPipelineNeedsASourceAndASink() {
        assertThatThrownBy(() -> Pipeline.builder("test").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pipeline test: no source was given");
        assertThatThrownBy(() -> Pipeline.builder("test")
                        .source(source.factory(), new FakeSource.Config())
                        .build())
                .hasMessage("pipeline test: no sink was given");
    }

    @Test
    void deadLettersNeedASink() {
        assertThatThrownBy(() -> pipeline().onReject(RejectPolicy.DEAD_LETTER).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "pipeline test: onReject is deadLetter, but there is no dead-letter sink; name one or choose"
                                + " release, fail or drop");
    }

    @Test
    void aBatchIsCompleteWhenItHasEnoughText() throws Exception {
        source.beforePoll = () -> source.add("{\"text\":\"" + "x".repeat(100) + "\"}");
        run(pipeline()
                .limit(9)
                .batch(BatchConfig.builder()
                        .maxRecords(1000)
                        .maxWait(Duration.ofMinutes(1))
                        .maxCharacters(250)
                        .build()));

        assertThat(sink.batches).containsExactly(3, 3, 3);
    }
}
