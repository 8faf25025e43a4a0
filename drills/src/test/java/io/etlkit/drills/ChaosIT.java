package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short chaos run; {@code make chaos} makes long ones. */
@Tag("drill")
class ChaosIT {
    @TempDir
    Path folder;

    @Test
    void theBooksBalanceWhateverFails() throws Exception {
        ChaosOptions options = new ChaosOptions(Long.getLong("etl.test.seed", 7), Duration.ofSeconds(25), 2_500, 3);
        Consumer<String> log = System.out::println;
        try (ChaosRun run = new ChaosRun(options, folder, log)) {
            ChaosReport report = run.run();
            assertThat(report.rows() + report.deadLetters()).isEqualTo(options.messages());
            assertThat(report.killed()).isPositive();
        }
    }
}
