package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * The invariants, on thousands of runs that differ in what fails when. {@code -Detl.test.seed=N} repeats one; {@code make
 * schedules} runs a hundred thousand, {@code -Detl.test.schedules=N} as many as you like.
 */
class ConservationTest {
    private static final int SCHEDULES = Integer.getInteger("etl.test.schedules", 3000);

    @Test
    void nothingIsLostOrSettledTwiceWhateverFails() {
        Long fixed = Long.getLong("etl.test.seed");
        if (fixed != null) {
            run(fixed);
            return;
        }
        List<RunReport> reports = new ArrayList<>();
        new Random().longs(SCHEDULES).forEach(seed -> reports.add(run(seed)));
        assertThatEachOutcomeHappened(reports);
    }

    private static RunReport run(long seed) {
        try {
            return new RandomSchedule(seed).runAndCheck();
        } catch (Exception | AssertionError failure) {
            return fail("with -Detl.test.seed=" + seed, failure);
        }
    }

    /** Else the runs would prove nothing. */
    private static void assertThatEachOutcomeHappened(List<RunReport> reports) {
        List<ToLongFunction<RunReport>> outcomes = List.of(
                RunReport::written,
                RunReport::filtered,
                RunReport::duplicate,
                RunReport::deadLettered,
                RunReport::dropped,
                RunReport::released,
                report -> report.failure().isPresent() ? 1 : 0,
                report -> report.failure().isEmpty() ? 1 : 0);
        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(reports.stream().mapToLong(outcome).sum()).isGreaterThan(SCHEDULES / 50));
    }
}
