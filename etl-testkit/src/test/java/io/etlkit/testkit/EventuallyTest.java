package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {
    @Test
    void asksUntilItHolds() {
        AtomicInteger asked = new AtomicInteger();

        Eventually.holds("asked three times", () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void givesUpWithTheLastFailure() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Eventually.passes(Duration.ofMillis(50), () -> {
                    throw new AssertionError("attempt " + asked.incrementAndGet());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("attempt " + asked.get());
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void doesNotRepeatACheckThatBroke() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Eventually.passes(() -> {
                    asked.incrementAndGet();
                    throw new IOException("broken");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
        assertThat(asked).hasValue(1);
    }
}
