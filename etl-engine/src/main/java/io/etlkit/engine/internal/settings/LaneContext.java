package io.etlkit.engine.internal.settings;

import io.etlkit.api.PluginContext;
import io.etlkit.api.PluginMetrics;
import io.etlkit.api.RejectPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the plugins of one lane may know. */
public record LaneContext(PipelineSettings settings, int lane, FieldFlow flow, PluginMetrics metrics)
        implements PluginContext {
    @Override
    public String pipeline() {
        return settings.name();
    }

    @Override
    public int lanes() {
        return settings.lanes();
    }

    @Override
    public Clock clock() {
        return settings.clock();
    }

    @Override
    public int batchSize() {
        return settings.batch().maxRecords();
    }

    @Override
    public Duration drainTimeout() {
        return settings.drainTimeout();
    }

    @Override
    public RejectPolicy onReject() {
        return settings.onReject();
    }

    @Override
    public Optional<Duration> untilIdle() {
        return settings.untilIdle();
    }

    @Override
    public Path baseDirectory() {
        return settings.baseDirectory();
    }

    @Override
    public Optional<List<String>> fields() {
        return flow.fields();
    }

    @Override
    public Map<String, Integer> shortestTexts() {
        return flow.texts();
    }
}
