package io.etlkit.reveal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etl keys}: makes and looks at keysets. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes and checks keysets, which hold the keys of masking.",
        subcommands = {KeysInitCommand.class, KeysListCommand.class, KeysVerifyCommand.class})
final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of init, list and verify?");
    }
}
