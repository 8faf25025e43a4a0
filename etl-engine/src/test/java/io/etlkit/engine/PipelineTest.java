package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final FakeSource source = new FakeSource();
    private final FakeSink sink = new FakeSink();

    private PipelineBuilder pipeline() {
        return Pipeline.builder("test")
                .source(source.factory(), new FakeSource.Config())
                .sink(sink.factory(), new FakeSink.Config())
                .untilIdle(Duration.ofMillis(20));
    }

    @Test
    void movesEveryRecordAndEndsWhenTheSourceStaysEmpty() throws Exception {
        source.addNumbered(2500);
        RunReport report = pipeline().lanes(2).build().start().await();

        assertThat(report.failure()).isEmpty();
        assertThat(report.received()).isEqualTo(2500);
        assertThat(report.written()).isEqualTo(2500);
        assertThat(report.rows()).isEqualTo(2500);
        assertThat(sink.rows).hasSize(2500);
        assertThat(source.done).hasSize(2500);
        assertThat(source.errors).isEmpty();
        assertThat(source.closed).hasValue(2);
        assertThat(sink.closed).hasValue(2);
    }
}
