package io.etlkit.reveal;

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
final class KeysCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    KeysCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which of init, add, promote, retire, destroy, list, verify and wrap?");
    }
}
