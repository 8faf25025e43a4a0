package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short chaos run; {@code make chaos} makes long ones. */
class ChaosTest {
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

    @Test
    void aSeedTellsEverythingThatHappens() {
        Duration length = Duration.ofMinutes(20);
        List<ChaosSchedule.Event> schedule = ChaosSchedule.of(42, length, 3);
        assertThat(ChaosSchedule.of(42, length, 3)).isEqualTo(schedule);
        assertThat(ChaosSchedule.of(43, length, 3)).isNotEqualTo(schedule);
        Set<ChaosTrouble> met = new HashSet<>();
        schedule.forEach(event -> {
            if (event instanceof ChaosSchedule.Begin begin) {
                met.add(begin.trouble());
            }
        });
        assertThat(met).containsExactlyInAnyOrder(ChaosTrouble.values());
    }
}
