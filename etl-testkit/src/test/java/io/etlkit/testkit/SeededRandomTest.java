package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
    @Test
    void tellsTheSeedThatRepeatsAFailure() {
        List<Long> drawn = new ArrayList<>();
        Throwable failure = catchThrowable(() -> SeededRandom.forAll(10, random -> {
            drawn.add(random.nextLong());
            throw new IllegalStateException("broken");
        }));

        assertThat(failure).hasMessageMatching("failed with -Detl\\.test\\.seed=-?\\d+: broken");
        long seed = Long.parseLong(failure.getMessage().replaceAll(".*=(-?\\d+):.*", "$1"));
        assertThat(drawn).containsExactly(new Random(seed).nextLong());
    }

    @Test
    void makesTextThatIsValidUnicode() {
        SeededRandom.forAll(200, random -> {
            String text = SeededRandom.text(random, 20);
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(20);
            assertThat(text.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        });
    }
}
