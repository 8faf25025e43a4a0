package io.etlkit.runner.internal.command;

import io.etlkit.runner.internal.plugin.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A keyset in a folder that is removed again.
 *
 * @param folder the folder
 * @param file the keyset's file
 */
record DemoKeyset(Path folder, Path file) implements AutoCloseable {
    /**
     * Makes the keyset, by the verb that users have for it.
     *
     * @throws PluginException when that verb is not installed, or refuses
     */
    static DemoKeyset create() throws IOException {
        Path folder = Files.createTempDirectory("etl-demo-");
        DemoKeyset keyset = new DemoKeyset(folder, folder.resolve("pii.json"));
        InProcess.Result made = InProcess.run("", "keys", "init", keyset.file().toString(), "--insecure-plaintext");
        if (made.exitCode() != 0) {
            keyset.close();
            throw new PluginException("no keyset could be made: " + made.err().strip());
        }
        return keyset;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
