package io.etlkit.api;

import java.util.function.BiFunction;

/**
 * Makes dead-letter sinks. Stateless, safe for any thread.
 *
 * @param <C> the configuration's type
 */
public interface DeadLetterSinkFactory<C extends Record> extends PluginFactory<C> {
    /**
     * Makes the dead-letter sink of one lane.
     *
     * @throws TransientException when what it connects to may be there later; the engine waits and calls again
     * @throws StartupException when it never will as configured
     */
    DeadLetterSink create(C config, PluginContext context);

    /** A factory from its parts. */
    static <C extends Record> DeadLetterSinkFactory<C> of(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, DeadLetterSink> create) {
        return new Factories.OfDeadLetterSink<>(name, summary, configType, create);
    }
}
