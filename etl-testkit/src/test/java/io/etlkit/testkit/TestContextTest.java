package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestContextTest {
    @Test
    void changesWhatATestIsAbout() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        TestContext context = TestContext.defaults()
                .withPipeline("logins")
                .withLane(1, 4)
                .withClock(clock)
                .withBatchSize(7)
                .withDrainTimeout(Duration.ofSeconds(3))
                .withOnReject(RejectPolicy.DROP)
                .withUntilIdle(Duration.ofSeconds(5))
                .withBaseDirectory(Path.of("here"))
                .withFields("a", "b");

        assertThat(context.pipeline()).isEqualTo("logins");
        assertThat(context.lane()).isEqualTo(1);
        assertThat(context.lanes()).isEqualTo(4);
        assertThat(context.clock()).isEqualTo(clock);
        assertThat(context.batchSize()).isEqualTo(7);
        assertThat(context.drainTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(context.onReject()).isEqualTo(RejectPolicy.DROP);
        assertThat(context.untilIdle()).contains(Duration.ofSeconds(5));
        assertThat(context.baseDirectory()).isEqualTo(Path.of("here"));
        assertThat(context.fields()).contains(List.of("a", "b"));
    }

    @Test
    void recordsMetrics() {
        TestContext context = TestContext.defaults();
        PluginContext asAPluginSeesIt = context.withPipeline("other");
        asAPluginSeesIt.metrics().count("rows", 2);
        asAPluginSeesIt.metrics().count("rows", 3);
        asAPluginSeesIt.metrics().gauge("open", () -> 7);

        assertThat(context.metrics().counted("rows")).isEqualTo(5);
        assertThat(context.metrics().counted("other")).isZero();
        assertThat(context.metrics().gauged("open")).isEqualTo(7);
        assertThatThrownBy(() -> context.metrics().gauged("missing")).isInstanceOf(AssertionError.class);
    }
}
