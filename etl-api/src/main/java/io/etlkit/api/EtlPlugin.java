package io.etlkit.api;

import io.etlkit.api.config.SecretProviderFactory;
import java.util.List;

/**
 * What a plugin jar offers; found by {@link java.util.ServiceLoader}, so the jar names its implementation in {@code
 * META-INF/services/io.etlkit.api.EtlPlugin}. Override what the jar has.
 *
 * <pre>{@code
 * public final class UppercasePlugin implements EtlPlugin {
 *     @Override
 *     public List<TransformFactory<?>> transforms() {
 *         return List.of(TransformFactory.of("uppercase", "Upper-cases a field.", Config.class, UppercasePlugin::create));
 *     }
 *     ...
 * }
 * }</pre>
 */
public interface EtlPlugin {
    /** The sources of this plugin; none by default. */
    default List<SourceFactory<?>> sources() {
        return List.of();
    }

    /** The transforms of this plugin; none by default. */
    default List<TransformFactory<?>> transforms() {
        return List.of();
    }

    /** The sinks of this plugin; none by default. */
    default List<SinkFactory<?>> sinks() {
        return List.of();
    }

    /** The dead-letter sinks of this plugin; none by default. */
    default List<DeadLetterSinkFactory<?>> deadLetterSinks() {
        return List.of();
    }

    /** The secret providers of this plugin; none by default. */
    default List<SecretProviderFactory> secretProviders() {
        return List.of();
    }
}
