package io.etlkit.api;

import java.util.function.BiFunction;

/**
 * Makes sources. Stateless, safe for any thread.
 *
 * @param <C> the configuration's type
 */
public interface SourceFactory<C extends Record> extends PluginFactory<C> {
    /**
     * Makes the source of one lane.
     *
     * @throws TransientException when what it connects to may be there later; the engine waits and calls again
     * @throws StartupException when it never will as configured: no such queue, access denied
     */
    Source create(C config, PluginContext context);

    /** A factory from its parts. */
    static <C extends Record> SourceFactory<C> of(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, Source> create) {
        return new Factories.OfSource<>(name, summary, configType, create);
    }
}
