package io.etlkit.testkit;

import io.etlkit.api.PluginMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Metrics that a test can read. Safe for any thread. */
public final class RecordedMetrics implements PluginMetrics {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Number>> gauges = new ConcurrentHashMap<>();

    /** Starts with nothing counted. */
    public RecordedMetrics() {}

    @Override
    public void count(String name, long amount) {
        counts.merge(name, amount, Long::sum);
    }

    @Override
    public void gauge(String name, Supplier<Number> value) {
        gauges.put(name, value);
    }

    /** What was counted under the name so far; 0 when nothing was. */
    public long counted(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** What a gauge shows now. */
    public Number gauged(String name) {
        Supplier<Number> gauge = gauges.get(name);
        if (gauge == null) {
            throw new AssertionError("there is no gauge " + name + "; there are " + gauges.keySet());
        }
        return gauge.get();
    }
}
