package io.etlkit.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @Test
    void readsEachUnit() {
        assertThat(List.of("0s", "50ms", "5s", "2m", "1h", "15d", "0.5s"))
                .extracting(DurationText::parse)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        Duration.ofDays(15),
                        Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1 s", "1S", "1w", "PT5S"})
    void refusesWhatHasNoUnit(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessage("must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.05S, 50ms",
        "PT0.0000015S, 0.0015ms",
        "PT1.5S, 1500ms",
        "PT90S, 90s",
        "PT120S, 2m",
        "PT24H, 1d",
        "PT25H, 25h",
        "PT-1S, -1s",
        "P10000000D, 10000000d"
    })
    void writesTheLargestWholeUnit(Duration duration, String text) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
    }
}
