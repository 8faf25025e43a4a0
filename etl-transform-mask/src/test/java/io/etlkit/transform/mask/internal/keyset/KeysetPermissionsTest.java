package io.etlkit.transform.mask.internal.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.Warnings;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.KeysetFixtures;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may touch a keyset's file. */
class KeysetPermissionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rw-------, false, true",
        "r--------, false, true",
        "rw-r-----, false, true",
        "rw-rw----, false, false",
        "rw----r--, false, false",
        "rw-----w-, false, false",
        "rw------x, false, false",
        "r--r--r--, true, true",
        "rw-r--r--, true, true",
        "rw-rw-r--, true, false",
        "rw-r--rw-, true, false",
    })
    void refusesAFileThatOthersMayTouch(String permissions, boolean mounted, boolean accepted) throws Exception {
        Path file = keyset(permissions);
        KeysetLoader loader = loader(mounted);
        if (accepted) {
            loader.load(file.toString(), folder).close();
        } else {
            assertThatThrownBy(() -> loader.load(file.toString(), folder))
                    .isInstanceOf(StartupException.class)
                    .hasMessageStartingWith("keyset " + file + ": ")
                    .hasMessageContaining("chmod 600 it");
        }
    }

    @ParameterizedTest
    @CsvSource({"rw-------, false, false", "rw-r-----, false, true", "r--r-----, true, false"})
    void warnsWhenTheGroupMayReadTheFile(String permissions, boolean mounted, boolean warns) throws Exception {
        Path file = keyset(permissions);
        try (Warnings warnings = Warnings.of(KeysetLoader.class)) {
            loader(mounted).load(file.toString(), folder).close();
            assertThat(warnings.texts())
                    .isEqualTo(
                            warns
                                    ? List.of("keyset " + file + ": the file's group may read it; chmod 600 it")
                                    : List.of());
        }
    }

    private Path keyset(String permissions) throws IOException {
        Path file = folder.resolve("pii.json");
        try (NewKeyset fresh = Keyset.create("pii")) {
            fresh.writePlaintext(file);
        }
        assumeThat(Files.getFileStore(file).supportsFileAttributeView("posix")).isTrue();
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static KeysetLoader loader(boolean mounted) {
        return new KeysetLoader(
                mounted ? Map.of("ETL_KEYSET_PERMISSIONS", "mounted") : Map.of(), KeysetFixtures.WRAPS, List.of());
    }
}
