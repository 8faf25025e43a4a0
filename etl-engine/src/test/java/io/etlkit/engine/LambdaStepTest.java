package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LambdaStepTest extends PipelineFixture {
    private static boolean isOne(EtlRecord record) {
        return FakeTransform.field(record, "n").equals(Value.of(BigDecimal.ONE));
    }

    @Test
    void aHostMapsAndFiltersWithLambdas() throws Exception {
        source.addNumbered(3);
        RunReport report = run(pipeline()
                .filter("one", LambdaStepTest::isOne)
                .map("copy", record -> FakeTransform.with(record, "copy", Value.of(true))));

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(1);
        assertThat(report.filtered()).isEqualTo(2);
        assertThat(sink.rows).containsExactly(Value.of(Map.of("n", Value.of(BigDecimal.ONE), "copy", Value.of(true))));
    }

    @Test
    void aDeadLetterNamesTheLambdasLabel() throws Exception {
        source.addNumbered(1);
        RunReport report = run(pipelineWithDeadLetters().map("adults", record -> {
            throw new RejectedException("too_young", "is too young");
        }));

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(deadLetters.letters).extracting(DeadLetter::step).containsExactly(Optional.of("adults"));
    }

    @Test
    void aRecordIsRejectedWhenALambdaReturnsNull() throws Exception {
        source.addNumbered(1);
        RunReport report = run(pipelineWithDeadLetters().map("nothing", record -> null));

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(deadLetters.letters)
                .extracting(letter -> letter.rejection().reason())
                .containsExactly("transform_failed");
    }
}
