package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A pipeline between fakes, and what holds for every run. */
abstract class PipelineFixture {
    final FakeSource source = new FakeSource();
    final FakeSink sink = new FakeSink();
    final FakeDeadLetters deadLetters = new FakeDeadLetters();

    /** Ends when the source is empty; failed calls are tried again almost at once. */
    PipelineBuilder pipeline() {
        return Pipeline.builder("test")
                .source(source.factory(), new FakeSource.Config())
                .sink(sink.factory(), new FakeSink.Config())
                .batch(BatchConfig.builder()
                        .maxRecords(1000)
                        .maxWait(Duration.ofMillis(2))
                        .build())
                .retry(RetryConfig.builder()
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(4))
                        .build())
                .untilIdle(Duration.ofMillis(10));
    }

    PipelineBuilder pipelineWithDeadLetters() {
        return pipeline().deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), omit());
    }

    static DeadLetterPolicy omit() {
        return DeadLetterPolicy.builder()
                .original(DeadLetterPolicy.Original.OMIT)
                .build();
    }

    RunReport run(PipelineBuilder pipeline) throws InterruptedException {
        RunReport report = pipeline.build().start().await();
        assertThat(report.inFlight()).as("deliveries whose fate is unknown").isZero();
        return report;
    }

    @AfterEach
    void everyDeliveryWasSettledAtMostOnceAndNoThreadIsLeft() {
        assertThat(source.errors).isEmpty();
        assertThat(source.closed).hasValue(source.made.get());
        await("no thread is left")
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("etl-test") && thread.isAlive()));
    }
}
