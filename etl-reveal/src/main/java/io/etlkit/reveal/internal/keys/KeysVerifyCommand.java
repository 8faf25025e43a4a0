package io.etlkit.reveal.internal.keys;

import io.etlkit.api.StartupException;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code etl keys verify}: checks that a keyset is intact. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks that a keyset is intact, each key is the one that its id says, and nobody else may touch the"
                        + " file. Ends with exit code 3 when not.")
final class KeysVerifyCommand extends KeysSubcommand {
    @Override
    int run() {
        try (Keyset keyset = load()) {
            print("keyset \"" + keyset.name() + "\" is intact: version " + keyset.version() + ", " + keyset.size()
                    + " keys");
            return ExitCode.OK;
        } catch (StartupException broken) {
            return fail(isMissing() ? ExitCode.USAGE : ExitCode.CHECK_FAILED, String.valueOf(broken.getMessage()));
        }
    }

    /** What is not there was named wrongly; what is there and can not be used did not hold. */
    private boolean isMissing() {
        return !location().contains(":") && Files.notExists(Path.of(location()));
    }
}
