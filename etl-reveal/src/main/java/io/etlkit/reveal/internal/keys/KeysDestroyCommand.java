package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeyInfo;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etl keys destroy}: takes a key out of a keyset for good. */
@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description =
                "Destroys a key for good; its id stays. At a terminal the id has to be typed once more; scripts are"
                        + " not asked. Copies and backups of the file still hold the key.")
final class KeysDestroyCommand extends KeysSubcommand {
    @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(
            names = "--force",
            description =
                    "Destroy an index key although rows carry its tokens: they become random pseudonyms, which can"
                            + " be counted, and neither matched by value nor revealed.")
    private boolean force;

    @Option(names = "--yes", description = "Do not ask at the terminal.")
    private boolean yes;

    @Override
    int run() throws IOException {
        try (KeysetEditor editor = edit()) {
            Optional<KeyInfo> before = editor.keyset().keyInfos().stream()
                    .filter(key -> key.id().equals(id))
                    .findFirst();
            KeyInfo destroyed = editor.destroy(id, force);
            String meaning = meaning(destroyed, before.map(KeyInfo::status).orElse(destroyed.status()));
            if (!confirmed(meaning)) {
                return fail(ExitCode.FAILED, "nothing was destroyed");
            }
            editor.save();
            print("key " + id + " is destroyed");
            explain(meaning + " Copies and backups of the file still hold the key: destroy those, too.");
            return ExitCode.OK;
        }
    }

    private boolean confirmed(String meaning) {
        return yes
                || process()
                        .terminal()
                        .line(meaning + "\nThis can not be undone. Type " + id + " to destroy it: ")
                        .map(answer -> answer.strip().equals(id))
                        .orElse(true);
    }

    private static String meaning(KeyInfo key, KeyStatus before) {
        return switch (key.role()) {
            case ENC ->
                "Tokens that were made with encryption key " + key.id()
                        + " can not be revealed any more; they still match and count.";
            case SEAL ->
                "Dead letters whose original was sealed with seal key " + key.id() + " can not be opened any more.";
            case INDEX ->
                before == KeyStatus.PENDING
                        ? "Nothing was written with index key " + key.id() + " yet."
                        : "Tokens that were made with index key " + key.id()
                                + " are random pseudonyms now: they can be counted, and neither matched by value nor"
                                + " revealed.";
        };
    }
}
