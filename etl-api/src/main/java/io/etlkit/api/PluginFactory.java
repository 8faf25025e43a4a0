package io.etlkit.api;

/**
 * What every factory tells: the name that a pipeline file uses, one sentence, and the record that holds its configuration.
 *
 * @param <C> the configuration: a public record in which each component carries {@link
 *     io.etlkit.api.config.Option @Option}
 */
public interface PluginFactory<C extends Record> {
    /** The name in the pipeline file: lower case letters, digits and dashes, as {@code sqs}. */
    String name();

    /** What it does, in one sentence. */
    String summary();

    /** The configuration's type. */
    Class<C> configType();
}
