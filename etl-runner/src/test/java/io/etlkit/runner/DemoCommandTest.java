package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The main job, whole: SQS, decoding, masking, Postgres, dead letters, and a value revealed. */
class DemoCommandTest {
    @Test
    void showsTheMainJobAndLeavesNothingBehind() throws IOException {
        List<Path> before = demoFolders();

        Etl etl = Etl.runFrom(Optional.of(Path.of("..").toAbsolutePath().normalize()), "demo");

        assertThat(etl.exitCode()).as(etl.err()).isZero();
        assertThat(etl.out())
                .contains("The table user_logins has 9")
                .contains("Addresses seen more than once")
                .contains("missing_field")
                .contains("in the domain ip is")
                .contains("received 100")
                .contains(": nothing is lost.");
        assertThat(demoFolders()).isEqualTo(before);
    }

    private static List<Path> demoFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("etl-demo-"))
                    .sorted()
                    .toList();
        }
    }
}
