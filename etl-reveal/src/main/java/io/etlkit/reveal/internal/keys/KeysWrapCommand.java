package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.option.PassphraseOption;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import io.etlkit.transform.mask.keyset.PassphraseSource;
import io.etlkit.transform.mask.keyset.WrapChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code etl keys wrap}: protects the keys of a keyset in another way. */
@Command(
        name = "wrap",
        mixinStandardHelpOptions = true,
        description =
                "Encrypts the keys of a keyset in another way, or under another passphrase. The keys stay the same,"
                        + " and so do stored rows; copies of the file as it was still open as before.")
final class KeysWrapCommand extends KeysSubcommand {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "TYPE",
            description = "passphrase, aws-kms, vault-transit; none with --insecure-plaintext.")
    @SuppressWarnings("NullAway.Init")
    private String type;

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "FILE",
            description = "The file whose first line is the new passphrase; without it, a prompt.")
    private Optional<Path> newPassphrase = Optional.empty();

    @Mixin
    private WrapOptions options = new WrapOptions();

    @Override
    int run() throws IOException {
        if (type.equals("none") && !options.insecurePlaintext()) {
            return fail(
                    ExitCode.USAGE,
                    "--to none stores the keys unencrypted: whoever can read the file can undo the masking. If you"
                            + " accept that, say --insecure-plaintext and guard the file");
        }
        if (!type.equals("none") && options.insecurePlaintext()) {
            return fail(ExitCode.USAGE, "--to " + type + " and --insecure-plaintext contradict each other");
        }
        WrapChoice choice = options.choice(type);
        try (KeysetEditor editor = edit()) {
            editor.wrap(choice, chosen());
            editor.save();
            print("keyset \"" + editor.keyset().name() + "\" is wrapped with " + type + " now");
            explain(
                    "Rows stay as they are. Copies and backups of the file as it was still open as before: destroy them.");
            return ExitCode.OK;
        }
    }

    private PassphraseSource chosen() {
        return newPassphrase
                .map(PassphraseFile::of)
                .orElse(keyset -> PassphraseOption.typed(
                        spec(),
                        process().terminal(),
                        "New passphrase of keyset " + keyset,
                        true,
                        "--new-passphrase-file"));
    }
}
