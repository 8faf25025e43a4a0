package io.etlkit.runner.internal.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etl dead-letters}: what was rejected and why; puts it through again. */
@Command(
        name = "dead-letters",
        description = "Shows what a pipeline has rejected, and puts it through again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|replay",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersReplayCommand.class})
public final class DeadLettersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, show or replay? As in etl dead-letters list FILE");
    }
}
