package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.api.dev.DevServices;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.file.PipelineDefinition;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.file.ReadMode;
import io.etlkit.runner.internal.plugin.DevServicesLoader;
import io.etlkit.runner.internal.plugin.PluginLoader;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl run}: runs a pipeline until it is stopped, or to its bound. */
@Command(
        name = "run",
        description = "Runs a pipeline until it is stopped, or to its bound.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    private final Console console;
    private final PluginLoader plugins;
    private final PipelineReader reader;
    private final DevServicesLoader devServices;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--until-idle",
            arity = "0..1",
            preprocessor = AttachedOnly.class,
            converter = Durations.class,
            paramLabel = "TIME",
            description = "End when the source has stayed empty for this long, as --until-idle=10s; alone, 5s.")
    private Optional<Duration> untilIdle = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "End after N messages.")
    private Optional<Long> limit = Optional.empty();

    @Option(
            names = "--dev",
            description =
                    "Start an embedded queue and database, and use them in place of the file's; look up no secret.")
    private boolean dev;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Put a value in place of the file's, as --set sink.postgres.table=logins. May be repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private DrainOption drain = new DrainOption();

    @Option(
            names = "--metrics",
            paramLabel = "[HOST:]PORT",
            converter = ListenAddresses.class,
            description =
                    "Offer metrics to Prometheus at http://HOST:PORT/metrics while this runs. Without HOST to this"
                            + " machine only; 0.0.0.0:9464 is port 9464 on all its addresses.")
    private Optional<InetSocketAddress> metrics = Optional.empty();

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    @Mixin
    private PluginsOption pluginsOption = new PluginsOption();

    @Inject
    RunCommand(Console console, PluginLoader plugins, PipelineReader reader, DevServicesLoader devServices) {
        this.console = console;
        this.plugins = plugins;
        this.reader = reader;
        this.devServices = devServices;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit.isPresent() && limit.get() < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        PluginRegistry registry = plugins.load(pluginsOption.folder());
        try (StopOnSignal signal = drain.listen()) {
            RunReport report =
                    dev ? runOnDevServices(registry, signal) : run(registry, ReadMode.run(overrides), signal);
            if (report.failure().isPresent()) {
                signal.failed();
                return 1;
            }
            return 0;
        }
    }

    private RunReport runOnDevServices(PluginRegistry registry, StopOnSignal signal) throws InterruptedException {
        try (DevServices services = devServices.start()) {
            return run(registry, ReadMode.dev(overrides, services), signal);
        }
    }

    private RunReport run(PluginRegistry registry, ReadMode mode, StopOnSignal signal) throws InterruptedException {
        PipelineDefinition definition = reader.read(file, registry, mode);
        PipelineBuilder builder = definition.toBuilder().drainTimeout(drain.timeout());
        untilIdle.ifPresent(builder::untilIdle);
        limit.ifPresent(builder::limit);
        if (metrics.isEmpty()) {
            return run(builder, definition.settings().name(), signal);
        }
        try (MetricsEndpoint endpoint = MetricsEndpoint.open(metrics.get())) {
            return run(
                    builder.meterRegistry(endpoint.registry()),
                    definition.settings().name(),
                    signal);
        }
    }

    private RunReport run(PipelineBuilder builder, String name, StopOnSignal signal) throws InterruptedException {
        try (PipelineRun run = builder.build().start()) {
            signal.watch(run);
            RunReport report = await(run, name);
            report.failure().ifPresent(failure -> console.err().println("etl: the pipeline failed: " + failure));
            console.out().println(json ? Summary.json(report) : Summary.text(report));
            console.out().flush();
            return report;
        }
    }

    private RunReport await(PipelineRun run, String name) throws InterruptedException {
        if (!console.interactive() || (untilIdle.isEmpty() && limit.isEmpty())) {
            return run.await();
        }
        OptionalLong end = limit.map(OptionalLong::of).orElse(OptionalLong.empty());
        try (RunProgress progress = RunProgress.show(run, name, end)) {
            return progress.await();
        }
    }
}
