package io.etlkit.runner.internal.plugin;

import com.google.inject.Inject;
import io.etlkit.api.dev.DevServices;
import io.etlkit.api.dev.DevServicesProvider;
import io.etlkit.runner.internal.Environment;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Starts the embedded services: those on the classpath, or those in the distribution's folder {@code dev}, which lie apart
 * because of their size. Safe for any thread.
 */
public final class DevServicesLoader {
    private final Environment environment;

    @Inject
    DevServicesLoader(Environment environment) {
        this.environment = environment;
    }

    /**
     * Starts them; blocks for some seconds.
     *
     * @throws PluginException when they are not installed
     */
    public DevServices start() {
        return onClasspath()
                .or(this::inFolder)
                .orElseThrow(() -> new PluginException(
                        "the embedded services are not installed: they lie in the folder dev of the distribution, and the"
                                + " image that runs pipelines leaves them out"))
                .start();
    }

    private static Optional<DevServicesProvider> onClasspath() {
        return ServiceLoader.load(DevServicesProvider.class, DevServicesLoader.class.getClassLoader())
                .findFirst();
    }

    private Optional<DevServicesProvider> inFolder() {
        Optional<Path> folder = environment.folder("dev");
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        URL[] jars = PluginLoader.jarsIn(folder.get());
        ClassLoader loader = new URLClassLoader("dev services", jars, DevServicesLoader.class.getClassLoader());
        return ServiceLoader.load(DevServicesProvider.class, loader)
                .findFirst()
                .map(provider -> ContextClassLoaderProxy.wrap(DevServicesProvider.class, provider, loader));
    }
}
