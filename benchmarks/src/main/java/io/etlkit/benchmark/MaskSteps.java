package io.etlkit.benchmark;

import io.etlkit.api.Transform;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes steps that mask one field, each with its own keys. */
final class MaskSteps {
    private MaskSteps() {}

    /** The file of the keyset is there for a moment only. */
    static Transform create(String method, String path, String type) throws IOException {
        Path folder = Files.createTempDirectory("etl-benchmark");
        Path file = folder.resolve("keys.json");
        try (NewKeyset keyset = Keyset.create("benchmark")) {
            keyset.writePlaintext(file);
            return InstalledTransforms.create(
                    "mask",
                    Map.of(
                            "keyset",
                            file.toString(),
                            "fields",
                            List.of(Map.of("method", method, "path", path, "type", type))));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
