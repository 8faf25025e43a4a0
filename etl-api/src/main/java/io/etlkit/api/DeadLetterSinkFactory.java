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

    /**
     * Opens what sinks of this configuration have kept of the context's pipeline, for {@code etl dead-letters}. Changes
     * nothing, and makes nothing that is missing.
     *
     * @throws TransientException when what it connects to may be there later
     * @throws StartupException when it never will as configured, or when this sink can not be read back, which is what it
     *     does unless a sink says otherwise
     */
    default DeadLetterStore open(C config, PluginContext context) {
        throw new StartupException("the dead-letter sink \"" + name()
                + "\" can not be read back: it keeps letters for other programs to read");
    }

    /** A factory from its parts, of sinks that can not be read back. */
    static <C extends Record> DeadLetterSinkFactory<C> of(
            String name, String summary, Class<C> configType, BiFunction<C, PluginContext, DeadLetterSink> create) {
        return new Factories.OfDeadLetterSink<>(name, summary, configType, create);
    }

    /** A factory from its parts, of sinks that can be read back. */
    static <C extends Record> DeadLetterSinkFactory<C> of(
            String name,
            String summary,
            Class<C> configType,
            BiFunction<C, PluginContext, DeadLetterSink> create,
            BiFunction<C, PluginContext, DeadLetterStore> open) {
        return new Factories.OfReadableDeadLetterSink<>(name, summary, configType, create, open);
    }
}
