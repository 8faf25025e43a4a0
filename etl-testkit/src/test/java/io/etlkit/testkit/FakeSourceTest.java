package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, and so shows that the contract can be kept. */
class FakeSourceTest extends SourceContract {
    private final FakeSource queue = new FakeSource();

    @Override
    protected Source open(TestContext context) {
        return queue.factory().create(new NoConfig(), context);
    }

    @Override
    protected void send(List<String> bodies) {
        queue.send(bodies.toArray(String[]::new));
    }

    @Override
    protected long left() {
        return queue.left();
    }

    @Test
    void goesByItsClock() throws InterruptedException {
        ManualClock clock = new ManualClock(TestRecords.SENT_AT);
        FakeSource timed = new FakeSource(clock);
        timed.send("a");
        try (Source source = timed.open(TestContext.defaults())) {
            DeliveryId first = source.poll(1, Duration.ZERO).get(0).delivery();
            source.settle(new Settlement(Set.of(), Map.of(first, Duration.ofMinutes(5))));
            clock.advance(Duration.ofMinutes(4));
            assertThat(source.poll(1, Duration.ZERO)).isEmpty();

            clock.advance(Duration.ofMinutes(1));
            assertThat(source.poll(1, Duration.ZERO)).hasSize(1);
            assertThat(timed.releases()).isEqualTo(1);
        }
    }

    @Test
    void refusesASecondSettlement() throws InterruptedException {
        queue.send("a");
        try (Source source = open(TestContext.defaults())) {
            Settlement done =
                    new Settlement(Set.of(source.poll(1, Duration.ZERO).get(0).delivery()), Map.of());
            source.settle(done);

            assertThat(queue.done()).containsExactly("a");
            assertThatThrownBy(() -> source.settle(done))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not in flight");
        }
    }
}
