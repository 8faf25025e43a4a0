package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeyInfo;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code etl keys promote}: makes a key the one that is written with. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description =
                "Makes a key the one that is written with; the one before is only read with from then on. Pipelines"
                        + " take it up when they start. Do it when every host has the key.")
final class KeysPromoteCommand extends KeysSubcommand {
    @Parameters(index = "1", paramLabel = "ID", description = "The key's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    int run() throws IOException {
        try (KeysetEditor editor = edit()) {
            KeyInfo promoted = editor.promote(id);
            editor.save();
            print("key " + id + " is primary now; pipelines write with it once they were restarted");
            explain(meaning(promoted));
            return ExitCode.OK;
        }
    }

    private static String meaning(KeyInfo promoted) {
        return switch (promoted.role()) {
            case ENC ->
                "Rows that are there are revealed with the key they were made with, and new rows of a value share the"
                        + " first 33 characters with the old ones.";
            case SEAL -> "Dead letters that are there are opened with the key they were sealed with.";
            case INDEX ->
                "From now on a value has two tokens, one in old rows and one in new ones, that differ from the start:"
                        + " count(distinct) lies between the true number and twice that until the old rows are"
                        + " rewritten. Stop writers that still use the old key.";
        };
    }
}
