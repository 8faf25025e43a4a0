package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import io.etlkit.transform.mask.keyset.WrapChoice;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code etl keys init}: makes a keyset. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Makes a keyset: a new file that only its owner may touch.")
final class KeysInitCommand extends KeysSubcommand {
    @Option(names = "--name", paramLabel = "NAME", description = "The keyset's name; without it, the file's.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--wrap",
            paramLabel = "TYPE",
            description = "How the keys are encrypted in the file: passphrase, aws-kms, vault-transit.")
    private Optional<String> wrap = Optional.empty();

    @Mixin
    private WrapOptions options = new WrapOptions();

    @Override
    int run() throws IOException {
        Optional<WrapChoice> choice = choice();
        if (choice.isEmpty()) {
            return fail(
                    ExitCode.USAGE,
                    "say how the keys are protected: --wrap passphrase, --wrap aws-kms or --wrap vault-transit; or, if"
                            + " you accept that whoever can read the file can undo the masking, --insecure-plaintext");
        }
        if (wrap.isPresent() && !wrap.get().equals("none") && options.insecurePlaintext()) {
            return fail(ExitCode.USAGE, "--wrap " + wrap.get() + " and --insecure-plaintext contradict each other");
        }
        try (NewKeyset fresh = Keyset.create(name.orElseGet(this::nameOfFile))) {
            fresh.write(file(), choice.get(), passphrase().chosen(process()));
            print("keyset \"" + fresh.keyset().name() + "\" written to " + file()
                    + "; back it up: without it no masked value can be revealed or matched again");
            if (choice.get().equals(WrapChoice.passphrase())) {
                print("keep its passphrase elsewhere: without it the file is worthless");
            }
            return ExitCode.OK;
        }
    }

    private Optional<WrapChoice> choice() {
        String type = wrap.orElse("none");
        return type.equals("none") && !options.insecurePlaintext()
                ? Optional.empty()
                : Optional.of(options.choice(type));
    }

    private String nameOfFile() {
        String fileName = String.valueOf(file().getFileName());
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
