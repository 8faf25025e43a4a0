package io.etlkit.engine.internal.settings;

import io.etlkit.api.PluginMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Publishes the counters and gauges of one lane's plugins. Safe for any thread. */
public final class LanePluginMetrics implements PluginMetrics {
    private static final String PREFIX = "etl.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Queue<Meter> gauges = new ConcurrentLinkedQueue<>();

    public LanePluginMetrics(MeterRegistry registry, String pipeline, int lane) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline, "lane", Integer.toString(lane));
    }

    @Override
    public void count(String name, long amount) {
        counters.computeIfAbsent(name, key -> registry.counter(PREFIX + key, tags))
                .increment((double) amount);
    }

    @Override
    public void gauge(String name, Supplier<Number> value) {
        gauges.add(Gauge.builder(PREFIX + name, value).tags(tags).register(registry));
    }

    /** Takes the gauges out of the registry: they ask plugins that are closed. */
    public void close() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
