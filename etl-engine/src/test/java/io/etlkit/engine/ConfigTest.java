package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void assertRefused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void defaultsAreThoseThatTheOptionsDeclare() {
        assertThat(BatchConfig.defaults()).isEqualTo(new BatchConfig(1000, Duration.ofMillis(50), 8_388_608));
        assertThat(RetryConfig.defaults())
                .isEqualTo(new RetryConfig(Duration.ofMillis(100), Duration.ofSeconds(30), Optional.empty()));
        assertThat(DecodeConfig.defaults())
                .isEqualTo(new DecodeConfig(DecodeConfig.Format.JSON, DecodeConfig.Envelope.NONE));
        assertThat(DeadLetterPolicy.defaults())
                .isEqualTo(new DeadLetterPolicy(DeadLetterPolicy.Original.SEAL, Optional.empty()));
    }

    @Test
    void valuesOutOfRangeAreRefusedUnderTheirComponentsName() {
        assertRefused(() -> new BatchConfig(0, SECOND), "maxRecords: must be between 1 and 100000");
        assertRefused(() -> new BatchConfig(1, Duration.ofMillis(-1)), "maxWait: must not be negative");
        assertRefused(() -> new BatchConfig(1, SECOND, 0), "maxCharacters: must be at least 1");
        assertRefused(
                () -> new RetryConfig(Duration.ZERO, SECOND, Optional.empty()), "initialDelay: must be more than zero");
        assertRefused(
                () -> new RetryConfig(SECOND, Duration.ofMillis(1), Optional.empty()),
                "maxDelay: must not be less than initialDelay");
        assertRefused(() -> new RetryConfig(SECOND, SECOND, Optional.of(0)), "maxAttempts: must be at least 1");
        assertRefused(
                () -> new DeadLetterPolicy(DeadLetterPolicy.Original.OMIT, Optional.of("keys.json")),
                "keyset: is of no use unless original is \"seal\"");
    }

    @Test
    void anEnvelopeOfJsonGoesWithJsonOnly() {
        for (DecodeConfig.Envelope envelope : List.of(DecodeConfig.Envelope.EVENTBRIDGE, DecodeConfig.Envelope.AUTO)) {
            assertRefused(
                    () -> new DecodeConfig(DecodeConfig.Format.TEXT, envelope),
                    "format: must be \"json\" where envelope is \"eventbridge\" or \"auto\"");
        }
    }
}
