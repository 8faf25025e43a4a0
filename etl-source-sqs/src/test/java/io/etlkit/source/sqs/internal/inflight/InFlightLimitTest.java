package io.etlkit.source.sqs.internal.inflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.source.sqs.internal.inflight.InFlightLimit.Reservation;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
    private static final long MANY_BYTES = 1L << 40;

    @Test
    void reservesTenForAReceiveAndGivesTheUnusedBack() {
        InFlightLimit permits = new InFlightLimit(25, MANY_BYTES);

        Reservation first = permits.reserve();
        Reservation second = permits.reserve();
        assertThat(permits.reserve()).isEqualTo(Reservation.NONE);

        permits.received(first, 3, 300);
        assertThat(permits.messages()).isEqualTo(13);
        assertThat(permits.reserve()).isNotEqualTo(Reservation.NONE);
        permits.failed(second);
        assertThat(permits.messages()).isEqualTo(13);
    }

    @Test
    void holdsBackWhenTheBodiesAreLarge() {
        InFlightLimit permits = new InFlightLimit(1000, 1_000_000);
        permits.received(permits.reserve(), 10, 900_000);

        assertThat(permits.reserve()).as("another such answer would not fit").isEqualTo(Reservation.NONE);

        permits.release(10, 900_000);
        assertThat(permits.reserve()).isNotEqualTo(Reservation.NONE);
    }

    @Test
    void letsOneReceiveThroughHoweverLargeItsAnswer() {
        InFlightLimit permits = new InFlightLimit(1000, 1);

        assertThat(permits.reserve()).isNotEqualTo(Reservation.NONE);
        assertThat(permits.reserve()).isEqualTo(Reservation.NONE);
    }

    @Test
    void forgetsALargeAnswerAfterManySmallOnes() {
        InFlightLimit permits = new InFlightLimit(1000, 1_000_000);
        permits.received(permits.reserve(), 10, 900_000);
        permits.release(10, 900_000);
        for (int answer = 0; answer < 100; answer++) {
            permits.received(permits.reserve(), 1, 100);
            permits.release(1, 100);
        }

        Reservation room = permits.reserve();

        assertThat(room.bytes()).isLessThan(5_000);
    }
}
