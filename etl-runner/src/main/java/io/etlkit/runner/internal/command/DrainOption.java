package io.etlkit.runner.internal.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a run may take to end when it is told to, as all verbs that run a pipeline take it. */
final class DrainOption {
    /** For what the drain timeout does not cover: to say what became of the run. */
    private static final Duration BEYOND_DRAIN = Duration.ofSeconds(30);

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "25s",
            description = "How long to finish what is in flight when stopped; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration drain;

    Duration timeout() {
        return drain;
    }

    /** Begins to listen for signals, and holds the process for as long as the drain may take. */
    StopOnSignal listen() {
        return StopOnSignal.listen(drain.plus(BEYOND_DRAIN));
    }
}
