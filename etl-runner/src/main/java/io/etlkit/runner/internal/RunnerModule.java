package io.etlkit.runner.internal;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.etlkit.engine.config.ConfigBinder;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.time.Clock;

/** What the verbs are wired of. Plugins are made by their factories, not here. */
final class RunnerModule extends AbstractModule {
    private final Environment environment;
    private final Console console;

    RunnerModule(Environment environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    protected void configure() {
        bind(Environment.class).toInstance(environment);
        bind(Console.class).toInstance(console);
        bind(PluginLoader.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    ConfigBinder configBinder() {
        return ConfigBinder.create();
    }

    @Provides
    Clock clock() {
        return Clock.systemUTC();
    }
}
