package io.etlkit.reveal;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Keyset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl keys verify}: checks that a keyset is intact. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks that a keyset is intact, each key is the one that its id says, and nobody else may touch the"
                        + " file. Ends with exit code 3 when not.")
final class KeysVerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The keyset.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Override
    public Integer call() {
        try (Keyset keyset = KeysetOption.load(file)) {
            spec.commandLine()
                    .getOut()
                    .println("keyset \"" + keyset.name() + "\" is intact: version " + keyset.version() + ", "
                            + keyset.size() + " keys");
            return ExitCode.OK;
        } catch (StartupException refused) {
            spec.commandLine().getErr().println("etl keys verify: " + refused.getMessage());
            return ExitCode.CHECK_FAILED;
        }
    }
}
