package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosScheduleTest {
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
