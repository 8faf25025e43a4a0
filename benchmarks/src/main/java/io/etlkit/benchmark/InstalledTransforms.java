package io.etlkit.benchmark;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.testkit.TestConfig;
import io.etlkit.testkit.TestContext;
import java.util.Map;
import java.util.ServiceLoader;

/** Makes transforms by their names in a pipeline file, as the runner would. */
final class InstalledTransforms {
    private InstalledTransforms() {}

    static Transform create(String name, Map<String, Object> options) {
        TransformFactory<?> factory = ServiceLoader.load(EtlPlugin.class).stream()
                .flatMap(provider -> provider.get().transforms().stream())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transform named " + name));
        return create(factory, options, TestContext.defaults());
    }

    private static <C extends Record> Transform create(
            TransformFactory<C> factory, Map<String, Object> options, PluginContext context) {
        return factory.create(TestConfig.bind(factory.configType(), options), context);
    }
}
