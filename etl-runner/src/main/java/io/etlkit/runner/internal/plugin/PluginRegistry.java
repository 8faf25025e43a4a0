package io.etlkit.runner.internal.plugin;

import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.SecretProviderFactory;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the installed plugins offer, by name. Immutable, safe for any thread. */
public final class PluginRegistry {
    private final Map<String, SourceFactory<?>> sources;
    private final Map<String, TransformFactory<?>> transforms;
    private final Map<String, SinkFactory<?>> sinks;
    private final Map<String, DeadLetterSinkFactory<?>> deadLetterSinks;
    private final Map<String, SecretProviderFactory> secretProviders;

    PluginRegistry(List<InstalledPlugin> plugins) {
        sources = named("source", plugins, EtlPlugin::sources, SourceFactory::name);
        transforms = named("transform", plugins, EtlPlugin::transforms, TransformFactory::name);
        sinks = named("sink", plugins, EtlPlugin::sinks, SinkFactory::name);
        deadLetterSinks = named("dead-letter sink", plugins, EtlPlugin::deadLetterSinks, DeadLetterSinkFactory::name);
        secretProviders = named("secret provider", plugins, EtlPlugin::secretProviders, SecretProviderFactory::name);
    }

    private static <F> Map<String, F> named(
            String kind,
            List<InstalledPlugin> plugins,
            Function<EtlPlugin, List<? extends F>> offered,
            Function<F, String> name) {
        Map<String, F> byName = new TreeMap<>();
        Map<String, String> origins = new HashMap<>();
        for (InstalledPlugin installed : plugins) {
            for (F factory : offered.apply(installed.plugin())) {
                String each = name.apply(factory);
                String earlier = origins.putIfAbsent(each, installed.origin());
                if (earlier != null) {
                    throw new PluginException("the " + kind + " \"" + each + "\" is installed twice: in " + earlier
                            + " and in " + installed.origin() + "; remove one");
                }
                byName.put(each, factory);
            }
        }
        return Collections.unmodifiableMap(byName);
    }

    /** The sources, in the order of their names. */
    public Map<String, SourceFactory<?>> sources() {
        return sources;
    }

    /** The transforms, in the order of their names. */
    public Map<String, TransformFactory<?>> transforms() {
        return transforms;
    }

    /** The sinks, in the order of their names. */
    public Map<String, SinkFactory<?>> sinks() {
        return sinks;
    }

    /** The dead-letter sinks, in the order of their names. */
    public Map<String, DeadLetterSinkFactory<?>> deadLetterSinks() {
        return deadLetterSinks;
    }

    /** The secret providers, in the order of their names. */
    public Map<String, SecretProviderFactory> secretProviders() {
        return secretProviders;
    }
}
