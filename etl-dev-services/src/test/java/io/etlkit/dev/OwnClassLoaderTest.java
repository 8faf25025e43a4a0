package io.etlkit.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.dev.DevServices;
import io.etlkit.api.dev.DevServicesProvider;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The runner loads dev services into a class loader of their own, with no more than the API in common. */
class OwnClassLoaderTest {
    @Test
    void startsWhereverTheThreadLooksForClasses() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (URLClassLoader own = new URLClassLoader(classpath(), new ApiOnly())) {
            DevServicesProvider provider = ServiceLoader.load(DevServicesProvider.class, own)
                    .findFirst()
                    .orElseThrow();
            assertThat(provider.getClass().getClassLoader()).isSameAs(own);
            try (DevServices services = provider.start()) {
                services.createQueue("isolated");
                services.send("isolated", List.of("a"));

                assertThat(services.depth("isolated")).isEqualTo(1);
                assertThat(services.query("SELECT 1 AS one")).containsExactly(List.of("one"), List.of("1"));
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classpath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** The JDK, and of everything else the API alone. */
    private static final class ApiOnly extends ClassLoader {
        ApiOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.etlkit.api.")) {
                return OwnClassLoaderTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
