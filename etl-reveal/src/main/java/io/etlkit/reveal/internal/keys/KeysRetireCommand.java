package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code etl keys retire}: closes the window of an index key's rotation. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = "Notes that no row carries tokens of an index key any more: etl lookup leaves it out. The key"
                + " stays, for keys that are laid over it and for tokens in backups.")
final class KeysRetireCommand extends KeysSubcommand {
    @Parameters(index = "1", paramLabel = "ID", description = "The index key's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    int run() throws IOException {
        try (KeysetEditor editor = edit()) {
            editor.retire(id);
            editor.save();
            print("key " + id + " is retired");
            explain("Rows that still carry its tokens are revealed as before; etl lookup does not find them any more.");
            return ExitCode.OK;
        }
    }
}
