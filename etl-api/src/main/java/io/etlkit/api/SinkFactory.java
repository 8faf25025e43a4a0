package io.etlkit.api;

import java.util.function.BiFunction;

/**
 * Makes sinks. Stateless, safe for any thread.
 *
 * @param <C> the configuration's type
 */
public interface SinkFactory<C extends Record> extends PluginFactory<C> {
    /**
     * Makes the sink of one lane.
     *
     * @throws TransientException when what it connects to may be there later; the engine waits and calls again
     * @throws StartupException when it never will as configured: no such table, wrong password
     */
    Sink create(C config, PluginContext context);

    /** A factory from its parts. */
    static <C extends Record> SinkFactory<C> of(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, Sink> create) {
        return new Factories.OfSink<>(name, summary, configType, create);
    }
}
