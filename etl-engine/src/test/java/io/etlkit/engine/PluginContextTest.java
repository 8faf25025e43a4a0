package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.SinkFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PluginContextTest extends PipelineFixture {
    private final List<PluginContext> contexts = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final SinkFactory<FakeSink.Config> factory =
            SinkFactory.of("curious", "Looks at its context.", FakeSink.Config.class, (config, context) -> {
                contexts.add(context);
                return sink.factory().create(config, context);
            });

    @Test
    void aPluginIsToldWhatItsPipelineIsLike() throws Exception {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        run(pipeline()
                .sink(factory, new FakeSink.Config())
                .lanes(2)
                .batch(BatchConfig.builder()
                        .maxRecords(77)
                        .maxWait(Duration.ofMillis(1))
                        .build())
                .drainTimeout(Duration.ofSeconds(7))
                .onReject(RejectPolicy.DROP)
                .untilIdle(Duration.ofMillis(3))
                .baseDirectory(Path.of("some"))
                .clock(clock));

        assertThat(contexts).extracting(PluginContext::lane).containsExactlyInAnyOrder(0, 1);
        assertThat(contexts).allSatisfy(context -> {
            assertThat(context.pipeline()).isEqualTo("test");
            assertThat(context.lanes()).isEqualTo(2);
            assertThat(context.batchSize()).isEqualTo(77);
            assertThat(context.drainTimeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(context.onReject()).isEqualTo(RejectPolicy.DROP);
            assertThat(context.untilIdle()).contains(Duration.ofMillis(3));
            assertThat(context.baseDirectory()).isEqualTo(Path.of("some"));
            assertThat(context.clock()).isSameAs(clock);
            assertThat(context.fields()).isEmpty();
        });
    }

    @Test
    void aPluginsMetricsCarryThePrefixAndTheTags() throws Exception {
        PipelineRun run = pipeline()
                .sink(factory, new FakeSink.Config())
                .meterRegistry(registry)
                .untilIdle(Duration.ofHours(1))
                .build()
                .start();
        await("the sink is made").until(() -> !contexts.isEmpty());
        contexts.get(0).metrics().count("fake.rows", 3);
        contexts.get(0).metrics().count("fake.rows", 4);
        contexts.get(0).metrics().gauge("fake.depth", () -> 12);

        assertThat(registry.get("etl.fake.rows")
                        .tags("pipeline", "test", "lane", "0")
                        .counter()
                        .count())
                .isEqualTo(7);
        assertThat(registry.get("etl.fake.depth")
                        .tags("pipeline", "test", "lane", "0")
                        .gauge()
                        .value())
                .isEqualTo(12);
        run.close();
        assertThat(registry.find("etl.fake.depth").gauge())
                .as("a gauge of a closed plugin")
                .isNull();
    }
}
