package io.etlkit.runner.internal.command;

import com.google.inject.Inject;
import io.etlkit.api.dev.DevServices;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.RunReport;
import io.etlkit.engine.config.ConfigBinder;
import io.etlkit.runner.internal.Console;
import io.etlkit.runner.internal.Environment;
import io.etlkit.runner.internal.file.PipelineReader;
import io.etlkit.runner.internal.file.ReadMode;
import io.etlkit.runner.internal.plugin.DevServicesLoader;
import io.etlkit.runner.internal.plugin.PluginException;
import io.etlkit.runner.internal.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code etl demo}: the main job on embedded services, from the sample messages to a value revealed. */
@Command(
        name = "demo",
        description = "Runs the user-logins example on an embedded queue and database, and shows what came of it.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String EXAMPLE = "examples/user-logins";
    private static final String QUEUE = "login-queue";
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration BEYOND_DRAIN = Duration.ofSeconds(30);

    private final Console console;
    private final Environment environment;
    private final PluginLoader plugins;
    private final ConfigBinder binder;
    private final DevServicesLoader devServices;

    @Inject
    DemoCommand(
            Console console,
            Environment environment,
            PluginLoader plugins,
            ConfigBinder binder,
            DevServicesLoader devServices) {
        this.console = console;
        this.environment = environment;
        this.plugins = plugins;
        this.binder = binder;
        this.devServices = devServices;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path example = example();
        List<String> messages = Files.readAllLines(example.resolve("messages.jsonl")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        try (StopOnSignal signal = StopOnSignal.listen(BEYOND_DRAIN);
                DemoKeyset keyset = DemoKeyset.create()) {
            say("Starting an embedded queue and an embedded Postgres ...");
            try (DevServices services = devServices.start()) {
                services.createQueue(QUEUE);
                services.send(QUEUE, messages);
                services.execute(Files.readString(example.resolve("schema.sql")));
                say("Sent " + messages.size() + " messages to the queue " + QUEUE + "; running " + EXAMPLE
                        + "/pipeline.yaml until it is empty ...");
                RunReport report = run(example.resolve("pipeline.yaml"), keyset, services, signal);
                return conclude(report, services, keyset, messages.size()) ? 0 : 1;
            }
        }
    }

    private RunReport run(Path file, DemoKeyset keyset, DevServices services, StopOnSignal signal)
            throws InterruptedException {
        // What the example leaves to the environment.
        Environment set = environment.with(Map.of(
                "ETL_QUEUE", QUEUE, "ETL_KEYSET", keyset.file().toAbsolutePath().toString()));
        PipelineReader reader = new PipelineReader(set, binder);
        ReadMode mode = ReadMode.dev(List.of(), services);
        try (PipelineRun run = reader.read(file, plugins.load(Optional.empty()), mode).toBuilder()
                .untilIdle(IDLE)
                .build()
                .start()) {
            signal.watch(run);
            return run.await();
        }
    }

    private boolean conclude(RunReport report, DevServices services, DemoKeyset keyset, int sent) {
        DemoResults results = new DemoResults(services, console.out());
        results.table();
        results.duplicates();
        results.deadLetters();
        boolean revealed = results.revealed(keyset);
        console.out().println();
        console.out().println(Summary.text(report));
        report.failure().ifPresent(failure -> console.err().println("etl: the pipeline failed: " + failure));
        long kept = results.rows() + results.letters();
        boolean conserved =
                kept == sent && report.inFlight() == 0 && report.failure().isEmpty();
        console.out()
                .println(sent + " messages sent = " + results.rows() + " rows + " + results.letters() + " dead letters"
                        + (conserved ? ": nothing is lost." : ": this does not add up."));
        console.out().flush();
        return conserved && revealed;
    }

    private Path example() {
        return environment
                .folder(EXAMPLE)
                .or(() -> Optional.of(Path.of(EXAMPLE)).filter(Files::isDirectory))
                .orElseThrow(() -> new PluginException("the example " + EXAMPLE
                        + " is not there; run the demo from the distribution or the source tree"));
    }

    private void say(String line) {
        console.err().println(line);
        console.err().flush();
    }
}
