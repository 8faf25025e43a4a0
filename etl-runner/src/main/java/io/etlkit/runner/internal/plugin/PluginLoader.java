package io.etlkit.runner.internal.plugin;

import com.google.inject.Inject;
import io.etlkit.api.EtlPlugin;
import io.etlkit.runner.internal.Environment;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds plugins: those on the classpath, and those in the folders under a plugins folder, each of which gets a class loader
 * of its own. The loaders live as long as the process. Safe for any thread.
 */
public final class PluginLoader {
    private final Environment environment;

    @Inject
    PluginLoader(Environment environment) {
        this.environment = environment;
    }

    /**
     * Loads what there is.
     *
     * @param folder the plugins folder; empty: {@code plugins} in the distribution, if it is there
     * @throws PluginException when a plugin can not be loaded, or two have one name
     */
    public PluginRegistry load(Optional<Path> folder) {
        List<InstalledPlugin> plugins = new ArrayList<>(onClasspath());
        folder.ifPresent(PluginLoader::requireFolder);
        folder.or(() -> environment.folder("plugins")).ifPresent(each -> plugins.addAll(underFolder(each)));
        return new PluginRegistry(plugins);
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PluginException("there is no plugins folder " + folder);
        }
    }

    private static List<InstalledPlugin> onClasspath() {
        try {
            return ServiceLoader.load(EtlPlugin.class, PluginLoader.class.getClassLoader()).stream()
                    .map(provider -> new InstalledPlugin(provider.get(), jarOf(provider.type())))
                    .toList();
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new PluginException("a plugin on the classpath can not be loaded: " + describe(broken));
        }
    }

    private static List<InstalledPlugin> underFolder(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .sorted()
                    .flatMap(each -> isolated(each).stream())
                    .toList();
        } catch (IOException unreadable) {
            throw new PluginException("the plugins folder " + folder + " can not be read");
        }
    }

    private static List<InstalledPlugin> isolated(Path folder) {
        URL[] jars = jarsIn(folder);
        if (jars.length == 0) {
            throw new PluginException(
                    "the plugin folder " + folder + " holds no jar; remove it or put the plugin in it");
        }
        IsolatedClassLoader loader =
                new IsolatedClassLoader("plugin " + folder.getFileName(), jars, PluginLoader.class.getClassLoader());
        try {
            List<InstalledPlugin> found = ServiceLoader.load(EtlPlugin.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .map(provider -> new InstalledPlugin(
                            ContextClassLoaderProxy.wrap(EtlPlugin.class, provider.get(), loader), folder.toString()))
                    .toList();
            if (found.isEmpty()) {
                throw new PluginException("the plugin folder " + folder
                        + " holds no plugin: no jar in it names one in META-INF/services/" + EtlPlugin.class.getName());
            }
            return found;
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new PluginException("the plugin in " + folder + " can not be loaded: " + describe(broken));
        }
    }

    /** The jars of a folder, in the order of their names. */
    public static URL[] jarsIn(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                jars.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("a file has no URL", impossible);
        } catch (IOException unreadable) {
            throw new PluginException("the folder " + folder + " can not be read");
        }
        return jars.toArray(new URL[0]);
    }

    private static String jarOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? type.getName()
                : Path.of(source.getLocation().getPath()).toString();
    }

    private static String describe(Error broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }
}
