package io.etlkit.api;

import java.util.function.Supplier;

/**
 * Counters and gauges of a plugin. Names are lower case with dots, as {@code sqs.receives}; the engine adds the prefix
 * {@code etl.} and the tags {@code pipeline} and {@code lane}. Safe for any thread. No value of a record may be a name.
 */
public interface PluginMetrics {
    /** Adds to a counter. */
    void count(String name, long amount);

    /** Publishes a value that is read when metrics are scraped; asked from any thread, so it must not block. */
    void gauge(String name, Supplier<Number> value);

    /** Metrics that go nowhere. */
    static PluginMetrics none() {
        return new PluginMetrics() {
            @Override
            public void count(String name, long amount) {}

            @Override
            public void gauge(String name, Supplier<Number> value) {}
        };
    }
}
