package io.etlkit.engine.internal.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseDelayTest {
    private final ReleaseDelay longest = new ReleaseDelay(() -> 0);

    private static EtlRecord received(Value count) {
        return new EtlRecord(
                new DeliveryId("d"), new RecordKey("m", Instant.EPOCH), Value.of("x"), Map.of("receiveCount", count));
    }

    @Test
    void doublesWithEachDeliveryUpToAQuarterOfAnHour() {
        assertThat(longest.of(received(Value.of(1)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(longest.of(received(Value.of(2)))).isEqualTo(Duration.ofSeconds(2));
        assertThat(longest.of(received(Value.of(5)))).isEqualTo(Duration.ofSeconds(16));
        assertThat(longest.of(received(Value.of(11)))).isEqualTo(Duration.ofMinutes(15));
        assertThat(longest.of(received(Value.of(new BigDecimal("1e99"))))).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void isUpToAHalfShorterAtRandom() {
        assertThat(new ReleaseDelay(() -> 1).of(received(Value.of(2)))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSourceThatDoesNotCountHasDeliveredOnce() {
        assertThat(longest.of(received(Value.of("three")))).isEqualTo(Duration.ofSeconds(1));
        assertThat(longest.of(received(Value.of(0)))).isEqualTo(Duration.ofSeconds(1));
    }
}
