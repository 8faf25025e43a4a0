package io.etlkit.runner.internal.plugin;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.Sink;
import io.etlkit.api.SinkFactory;
import io.etlkit.api.Source;
import io.etlkit.api.SourceFactory;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.api.dev.DevServices;
import io.etlkit.api.dev.DevServicesProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets the context class loader on every call into something that was loaded apart, for libraries find their parts through
 * it. What such a call returns is wrapped too. It is a proxy rather than a class for each interface, so that a method added
 * to the plugin interface can not be forgotten here.
 */
public final class ContextClassLoaderProxy implements InvocationHandler {
    private static final List<Class<?>> WRAPPED = List.of(
            EtlPlugin.class,
            SourceFactory.class,
            TransformFactory.class,
            SinkFactory.class,
            DeadLetterSinkFactory.class,
            SecretProviderFactory.class,
            Source.class,
            Transform.class,
            Sink.class,
            DeadLetterSink.class,
            DeadLetterStore.class,
            DevServicesProvider.class,
            DevServices.class);

    private final Object target;
    private final ClassLoader loader;

    private ContextClassLoaderProxy(Object target, ClassLoader loader) {
        this.target = target;
        this.loader = loader;
    }

    /** The target behind the interface, every call with its own loader as the context class loader. */
    public static <T> T wrap(Class<T> type, T target, ClassLoader loader) {
        return type.cast(Proxy.newProxyInstance(
                ContextClassLoaderProxy.class.getClassLoader(),
                new Class<?>[] {type},
                new ContextClassLoaderProxy(target, loader)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return wrapped(method.getReturnType(), method.invoke(target, arguments));
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Looks at what a method declares, not at what it returns: records pass here, too, by the thousand. */
    private @Nullable Object wrapped(Class<?> declared, @Nullable Object result) {
        if (target instanceof EtlPlugin && result instanceof List<?> factories) {
            return factories.stream().map(this::wrappedFactory).toList();
        }
        return result != null && WRAPPED.contains(declared) ? wrapAs(declared, result) : result;
    }

    private Object wrappedFactory(Object factory) {
        return WRAPPED.stream()
                .filter(type -> type.isInstance(factory))
                .findFirst()
                .<Object>map(type -> wrapAs(type, factory))
                .orElse(factory);
    }

    private <T> T wrapAs(Class<T> type, Object value) {
        return wrap(type, type.cast(value), loader);
    }
}
