package io.etlkit.reveal;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Keyset;
import io.etlkit.transform.mask.NewKeyset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl keys init}: makes a keyset. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Makes a keyset: a new file that only its owner may touch.")
final class KeysInitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to make; it must not be there yet.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--name", paramLabel = "NAME", description = "The keyset's name; without it, the file's.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--insecure-plaintext",
            description = "Store the keys unencrypted: who reads the file has the keys.")
    private boolean insecurePlaintext;

    @Override
    public Integer call() {
        if (!insecurePlaintext) {
            return refuse(
                    "this version of etlkit can only make keysets whose keys are stored unencrypted: whoever can read"
                            + " the file can undo the masking. If you accept that, say --insecure-plaintext and guard the file");
        }
        try (NewKeyset fresh = Keyset.create(name.orElseGet(this::nameOfFile))) {
            fresh.writePlaintext(file);
            spec.commandLine()
                    .getOut()
                    .println("keyset \"" + fresh.keyset().name() + "\" written to " + file
                            + "; back it up: without it no masked value can be revealed or matched again");
            return ExitCode.OK;
        } catch (IllegalArgumentException | StartupException refused) {
            return refuse(String.valueOf(refused.getMessage()));
        } catch (IOException unwritable) {
            spec.commandLine()
                    .getErr()
                    .println("etl keys init: " + file + " can not be written: "
                            + unwritable.getClass().getSimpleName());
            return ExitCode.FAILED;
        }
    }

    private String nameOfFile() {
        String fileName = String.valueOf(file.getFileName());
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private int refuse(String message) {
        spec.commandLine().getErr().println("etl keys init: " + message);
        return ExitCode.USAGE;
    }
}
