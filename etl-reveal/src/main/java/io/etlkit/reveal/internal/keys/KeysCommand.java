package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ProcessContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etl keys}: makes, changes and looks at keysets. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, changes and checks keysets, which hold the keys of masking.",
        subcommands = {
            KeysInitCommand.class,
            KeysAddCommand.class,
            KeysPromoteCommand.class,
            KeysRetireCommand.class,
            KeysDestroyCommand.class,
            KeysListCommand.class,
            KeysVerifyCommand.class,
            KeysWrapCommand.class
        })
public final class KeysCommand implements Runnable {
    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public KeysCommand(ProcessContext process) {
        this.process = process;
    }

    ProcessContext process() {
        return process;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which of init, add, promote, retire, destroy, list, verify and wrap?");
    }
}
