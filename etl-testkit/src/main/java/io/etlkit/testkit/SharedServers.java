package io.etlkit.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Servers that the first test that asks for one starts, and that the end of the test run closes. */
final class SharedServers {
    private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

    private SharedServers() {}

    /** The test run's server of this type. */
    static <T extends AutoCloseable> T get(ExtensionContext context, Class<T> type, Supplier<T> start) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).computeIfAbsent(type, key -> start.get(), type);
    }

    /** Has {@code resource} closed when the test, or the class, of {@code context} is over. */
    static <T extends AutoCloseable> T closeWith(ExtensionContext context, T resource) {
        context.getStore(NAMESPACE).put(resource, resource);
        return resource;
    }
}
